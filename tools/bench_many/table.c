/* A table over every partial record, read once for each record: four columns of codes in, two or four out. */
#include <stddef.h>
#include <stdint.h>

#define CODES 5

static inline unsigned place(const uint8_t *a, const uint8_t *b, const uint8_t *c, const uint8_t *d, size_t i) {
    return ((a[i] * CODES + b[i]) * CODES + c[i]) * CODES + d[i];
}

void four(const uint32_t *restrict table, const uint8_t *restrict a, const uint8_t *restrict b,
          const uint8_t *restrict c, const uint8_t *restrict d, uint8_t *restrict outcome, uint8_t *restrict status,
          uint8_t *restrict possible, uint8_t *restrict rule, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        uint32_t found = table[place(a, b, c, d, i)];
        outcome[i] = found;
        status[i] = found >> 8;
        possible[i] = found >> 16;
        rule[i] = found >> 24;
    }
}

void two(const uint32_t *restrict table, const uint8_t *restrict a, const uint8_t *restrict b,
         const uint8_t *restrict c, const uint8_t *restrict d, uint8_t *restrict outcome, uint8_t *restrict status,
         size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        uint32_t found = table[place(a, b, c, d, i)];
        outcome[i] = found;
        status[i] = found >> 8;
    }
}
