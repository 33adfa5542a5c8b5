// Control-C and `kill`, as bytes in a pipe. In C, since the handler of a signal may do next to
// nothing. Next: ../../More/ShutdownSignals.swift.
#include "CEngineSockets.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

/// The writing end of the pipe into which the handler puts what has come.
static int shutdown_pipe = -1;

/// Runs in whatever thread the system chooses, at any moment: it may do nothing but this.
static void notice_shutdown(int number) {
    int error = errno;
    char byte = (char)number;
    (void)!write(shutdown_pipe, &byte, 1);
    errno = error;
}

int csystem_watch_shutdown_signals(void) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    for (int end = 0; end < 2; end++) csystem_make_nonblocking(ends[end]);
    shutdown_pipe = ends[1];
    struct sigaction action = {.sa_handler = notice_shutdown, .sa_flags = SA_RESTART};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    // They may be blocked: threads of Dispatch's block them, and a child process inherits that.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
    return ends[0];
}
