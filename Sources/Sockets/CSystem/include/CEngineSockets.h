// System calls that Swift's own modules do not show: epoll, accept4, line buffering, and the
// entrance to Dispatch's main queue for a thread that waits in epoll_wait.
// Every function is a declaration of the system's, or a few lines of C that Swift cannot say. (_GNU_SOURCE is not defined here: it changes structures that other modules share.)
#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>

/// Makes standard output line-buffered, also into a pipe: whoever watches sees each line at once.
static inline void csystem_line_buffer_standard_output(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
}

/// Raises the soft limit of open descriptors to the hard one, or to `most` if that is less.
static inline void csystem_raise_descriptor_limit(unsigned long most) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    rlim_t wanted = limit.rlim_max < most ? limit.rlim_max : most;
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/// From now on SIGINT and SIGTERM do not end the process: each puts a byte into a pipe. Returns the
/// reading end, or -1; see errno.
int csystem_watch_shutdown_signals(void);

#ifdef __linux__
#include <sys/epoll.h>

int accept4(int listener, struct sockaddr *address, socklen_t *length, int flags);

/// Accepts a connection that does not block and is not handed to child processes.
static inline int csystem_accept(int listener, void *address, socklen_t *length) {
    return accept4(listener, (struct sockaddr *)address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

// The toolchain's own run loop (CoreFoundation on Linux) drives the main queue in this way.
int _dispatch_get_main_queue_handle_4CF(void);
void _dispatch_main_queue_callback_4CF(void *message);
#endif

#endif
