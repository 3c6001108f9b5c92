// Random numbers and comparisons of check-neon.c and check-neon-decoder.c.
#ifndef CHECK_NEON_H
#define CHECK_NEON_H

#include <stdint.h>

uint32_t next(void);
float *floats(intptr_t count);
float *copy(const float *x, intptr_t count);
void compare(const char *what, const float *a, const float *b, intptr_t count, double tolerance);
void fail(const char *what);

void check_decoder(void);

#endif
