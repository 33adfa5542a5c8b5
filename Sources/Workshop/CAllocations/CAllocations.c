#include "CAllocations.h"
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

static unsigned long count, bytes;

unsigned long callocations_count(void) { return count; }
unsigned long callocations_bytes(void) { return bytes; }

// A sanitizer stands in for malloc itself.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER
#endif
#endif

#if defined(__GLIBC__) && !defined(HAS_SANITIZER)

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

// One thread is measured; others may lose a count, never memory.
void *malloc(size_t size) {
    count++, bytes += size;
    return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
    count++, bytes += items * size;
    return __libc_calloc(items, size);
}

void *realloc(void *old, size_t size) {
    count++, bytes += size;
    return __libc_realloc(old, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    count++, bytes += size;
    *result = __libc_memalign(alignment, size);
    return *result ? 0 : ENOMEM;
}

void *aligned_alloc(size_t alignment, size_t size) {
    count++, bytes += size;
    return __libc_memalign(alignment, size);
}

#endif
