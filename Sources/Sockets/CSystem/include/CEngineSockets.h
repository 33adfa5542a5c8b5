// What Swift's own modules do not show of the system, or show in a form of each system's own:
// epoll, accept4, line buffering, limits, and the entrance to Dispatch's main queue for a thread
// that waits in epoll_wait. (_GNU_SOURCE is not defined here: it changes structures that other
// modules share.)
#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>

/// The type of a TCP socket.
static const int csystem_stream_type = SOCK_STREAM;

/// Makes a descriptor non-blocking, and keeps it from child processes.
static inline void csystem_make_nonblocking(int descriptor) {
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

/// Makes standard output line-buffered, also into a pipe: a reader sees each line at once.
static inline void csystem_line_buffer_standard_output(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
}

/// Raises the soft limit of open descriptors to the hard one: each connection takes one.
static inline void csystem_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    rlim_t most = limit.rlim_max;
#ifdef __APPLE__
    // macOS refuses more than OPEN_MAX when the hard limit says "unlimited".
    if (most > OPEN_MAX) most = OPEN_MAX;
#endif
    if (limit.rlim_cur >= most) return;
    limit.rlim_cur = most;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/// From now on SIGINT and SIGTERM do not end the process: each puts a byte into a pipe. Returns the
/// reading end, or -1; see errno. In More/ShutdownSignals.c.
int csystem_watch_shutdown_signals(void);

#ifdef __linux__
#include <sys/epoll.h>

int accept4(int listener, struct sockaddr *address, socklen_t *length, int flags);

// The toolchain's own run loop (CoreFoundation on Linux) drives the main queue in this way.
int _dispatch_get_main_queue_handle_4CF(void);
void _dispatch_main_queue_callback_4CF(void *message);
#endif

/// Accepts a connection that does not block, does not delay small packets, and is not handed to
/// child processes. On Linux it inherits TCP_NODELAY from the listener.
static inline int csystem_accept(int listener, struct sockaddr *address, socklen_t *length) {
#ifdef __linux__
    return accept4(listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
#else
    int descriptor = accept(listener, address, length);
    if (descriptor < 0) return descriptor;
    csystem_make_nonblocking(descriptor);
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
#endif
}

#endif
