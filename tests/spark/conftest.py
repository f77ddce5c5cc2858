"""A session of Apache Spark on this machine, quiet and small. Without Java the tests fail: nobody should think they ran."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def spark():
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.fail("Apache Spark needs Java: install Java 17, or set JAVA_HOME", pytrace=False)
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        pytest.fail("pyspark is not there: install greenpaper[spark]", pytrace=False)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.log.level": "ERROR",
    }
    session = SparkSession.builder.master("local[2]").appName("greenpaper").config(map=settings).getOrCreate()
    yield session
    session.stop()
