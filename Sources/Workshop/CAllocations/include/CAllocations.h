// Counts what a program allocates, by standing in for malloc. With glibc only; elsewhere all is 0.
// For the benchmarks of the parts, and for nothing else.
#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

/// How often memory was asked for.
unsigned long callocations_count(void);
/// How many bytes were asked for.
unsigned long callocations_bytes(void);

#endif
