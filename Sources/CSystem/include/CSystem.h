// System calls that Swift's own modules do not show: epoll, accept4, line buffering, and the
// entrance to Dispatch's main queue for a thread that waits in epoll_wait.
// Header only: every function is a declaration of the system's, or a line of C that Swift cannot say.
#ifndef CSYSTEM_H
#define CSYSTEM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>

/// Makes standard output line-buffered, also into a pipe: whoever watches sees each line at once.
static inline void csystem_line_buffer_standard_output(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
}

#ifdef __linux__
#include <sys/epoll.h>

// The toolchain's own run loop (CoreFoundation on Linux) drives the main queue in this way.
int _dispatch_get_main_queue_handle_4CF(void);
void _dispatch_main_queue_callback_4CF(void *message);
#endif

/// `RLIMIT_NOFILE` has a type of its own on Linux; here it is a plain number.
static inline int csystem_get_descriptor_limit(struct rlimit *limit) {
    return getrlimit(RLIMIT_NOFILE, limit);
}
static inline int csystem_set_descriptor_limit(const struct rlimit *limit) {
    return setrlimit(RLIMIT_NOFILE, limit);
}

#endif
