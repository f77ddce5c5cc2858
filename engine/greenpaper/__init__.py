"""Inspection frameworks as data: evaluate any authority against any version, and say exactly what changes."""
