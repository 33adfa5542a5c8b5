/*
 * sioload - load generator for Socket.IO servers.
 *
 * Speaks Engine.IO v4 / Socket.IO v5 over WebSocket (text frames, masked as a
 * client must) and over HTTP long-polling, from one thread around one epoll.
 * It only ever connects to 127.0.0.1.  See README.md for the modes, for what
 * the server has to implement, and for how to read the figures.
 *
 * Layout, bottom up: buffers and histogram; sockets; WebSocket; HTTP polling;
 * the life of one client; the modes (echo, broadcast/polling, connect, idle);
 * reporting; options and the main loop.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SECOND        1000000000ull             /* times are nanoseconds */
#define MAX_BYTES     (1u << 20)                /* largest payload offered */
#define MAX_MESSAGE   (MAX_BYTES + 4096u)       /* largest WebSocket message taken */
#define MAX_BODY      (64u << 20)               /* largest polling response taken */
#define MAX_CLIENTS   200000u
#define MAX_WINDOW    1024u
#define MAX_SENDERS   1024u
#define MAX_SECONDS   3600.0
#define MAX_CPUS_OF   8u                        /* processes that --cpu-of takes */
#define SCRATCH       (256u << 10)
#define RING          16384u                    /* messages whose last delivery is awaited, per sender */
#define CLOSE_WAIT    (5 * SECOND)
#define DRAIN_WAIT    (10 * SECOND)

/* The sample nonce of RFC 6455 and its answer: lets every handshake be checked without SHA-1. */
#define WS_KEY        "dGhlIHNhbXBsZSBub25jZQ=="
#define WS_ACCEPT     "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

/* ------------------------------------------------------------------ options */

enum mode { M_ECHO, M_BROADCAST, M_CONNECT, M_IDLE, M_POLLING };
static const char *const mode_names[] = { "echo", "broadcast", "connect", "idle", "polling" };

enum transport { T_WEBSOCKET, T_UPGRADE, T_POLLING };
static const char *const transport_names[] = { "websocket", "upgrade", "polling" };

static struct {
    enum mode mode;
    enum transport transport;
    unsigned port, clients, concurrent, window, senders, bytes, sources;
    double seconds, warmup, connect_timeout;
    uint64_t count;             /* stop after so many acks or messages; 0: time only */
    long cpu_pids[MAX_CPUS_OF], rss_pid;
    unsigned ncpu_pids;
    const char *path, *label;
    bool json;
} opt = {
    .port = 3000, .concurrent = 50, .window = 1, .senders = 1, .bytes = 32,
    .warmup = 1, .connect_timeout = 30, .path = "/socket.io/", .label = "",
};

/* ------------------------------------------------------- small general parts */

struct buf { char *p; size_t len, cap; };

static void die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("sioload: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(2);
}

static void *xcalloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size);
    if (!p)
        die("out of memory");
    return p;
}

/* Makes room for n more bytes and returns where they go. */
static char *buf_room(struct buf *b, size_t n)
{
    if (b->cap - b->len < n) {
        size_t cap = b->cap ? b->cap : 256;
        while (cap - b->len < n)
            cap *= 2;
        b->p = realloc(b->p, cap);
        if (!b->p)
            die("out of memory");
        b->cap = cap;
    }
    return b->p + b->len;
}

static void buf_add(struct buf *b, const void *p, size_t n)
{
    memcpy(buf_room(b, n), p, n);
    b->len += n;
}

static void buf_addf(struct buf *b, const char *fmt, ...)
{
    char line[1024];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= sizeof line)
        die("request too long");
    buf_add(b, line, (size_t)n);
}

/* Empties a buffer; memory is given back so that idle clients cost little. */
static void buf_clear(struct buf *b, size_t keep)
{
    b->len = 0;
    if (b->cap > keep) {
        free(b->p);
        b->p = NULL;
        b->cap = 0;
    }
}

static uint64_t clock_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

static uint32_t random32(void)
{
    static uint32_t x = 2463534242u;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return x;
}

/* Log-linear histogram of nanoseconds: constant memory, error below 0.8 %. */
#define HIST_BITS 7
static struct {
    uint64_t bucket[64 - HIST_BITS + 1][1 << HIST_BITS];
    uint64_t n, max;
} hist;

static void hist_add(uint64_t v)
{
    unsigned row = 0;
    uint64_t m = v;
    if (v >= 1u << HIST_BITS) {
        unsigned e = 63u - (unsigned)__builtin_clzll(v) - HIST_BITS;
        row = e + 1;
        m = v >> e;
    }
    hist.bucket[row][m & ((1u << HIST_BITS) - 1)]++;
    hist.n++;
    if (v > hist.max)
        hist.max = v;
}

/* Quantile in microseconds. */
static double hist_us(double q)
{
    uint64_t want = (uint64_t)(q * (double)hist.n), seen = 0;
    if (hist.n == 0)
        return 0;
    for (unsigned row = 0; row <= 64 - HIST_BITS; row++)
        for (unsigned m = 0; m < 1u << HIST_BITS; m++) {
            seen += hist.bucket[row][m];
            if (seen > want || seen == hist.n) {
                uint64_t v = row ? (uint64_t)((1u << HIST_BITS) + m) << (row - 1) : m;
                return (double)v / 1e3;
            }
        }
    return (double)hist.max / 1e3;
}

/* CPU seconds (user + system, all threads) of a process; negative if it is gone. */
static double cpu_of(long pid)
{
    char path[64], line[1024];
    unsigned long user, sys;
    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    FILE *f = fopen(path, "r");
    if (!f)
        return -1;
    size_t n = fread(line, 1, sizeof line - 1, f);
    fclose(f);
    line[n] = 0;
    char *p = strrchr(line, ')');       /* the command name may hold blanks */
    if (!p || sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &sys) != 2)
        return -1;
    return (double)(user + sys) / (double)sysconf(_SC_CLK_TCK);
}

static double own_cpu(void)
{
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec)
         + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
}

/* Resident set in KiB; negative if the process is gone. */
static long rss_of(long pid)
{
    char path[64], line[256];
    long kib = -1;
    snprintf(path, sizeof path, "/proc/%ld/status", pid);
    FILE *f = fopen(path, "r");
    if (!f)
        return -1;
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "VmRSS: %ld", &kib) == 1)
            break;
    fclose(f);
    return kib;
}

/* ------------------------------------------------------------------ the state */

enum sock_state { S_CLOSED, S_CONNECTING, S_OPEN };
enum sock_kind { K_GET, K_POST, K_WS };

struct client;

struct sock {
    struct client *client;
    struct buf rx;              /* bytes of an incomplete frame or response */
    struct buf tx;              /* bytes not yet sent, from tx_off on */
    struct buf frag;            /* message being reassembled from fragments */
    size_t tx_off;
    int fd;
    uint32_t gen;               /* bumped at close: tells a parser to let go */
    uint8_t state, kind;
    bool armed;                 /* EPOLLOUT is on */
    bool upgraded;              /* K_WS: the 101 has been seen */
    bool in_frag;
};

enum client_state { C_FREE, C_OPENING, C_UPGRADING, C_READY, C_CLOSING, C_DEAD };

struct slot { uint64_t id, sent; };             /* one ack in flight */
struct seen { uint32_t next; uint64_t past; };  /* next expected; bit k: (next-1-k) has arrived */
struct message { uint64_t sent; uint32_t seq, left; };

struct client {
    struct sock get, post, ws;
    struct buf queue;           /* packets for the next POST, each followed by 0x1e */
    uint64_t since;             /* start of opening, then of closing */
    struct slot *slots;         /* echo */
    struct seen *seen;          /* broadcast: one per sender */
    size_t max_payload;
    uint32_t id;
    uint8_t state;
    bool on_ws;                 /* packets go over the WebSocket */
    bool get_busy, post_busy;
    bool probed;                /* 3probe has come: do not poll again */
    char sid[64];
};

enum phase { P_CONNECT, P_WARMUP, P_MEASURE, P_DRAIN, P_DONE };

static struct client *clients;
static unsigned nclients;               /* length of the array above */
static int ep;
static uint64_t now;                    /* refreshed after every wait and read */
static enum phase phase;

static struct {
    uint64_t begin, ready, measure, stop;       /* moments */
    unsigned started, opening, open, finished;  /* connections */
    uint64_t units, messages;                   /* within the measured window */
    uint64_t total, in_flight;                  /* acks or messages over the whole run */
    uint64_t errors, pings, responses;          /* responses: to polls, within the measured window */
    uint64_t missing, duplicate, reordered, unresolved;
    double cpu0[MAX_CPUS_OF], cpu1[MAX_CPUS_OF], own0, own1;
    long rss_before, rss_open, rss_end;
} st;

static struct message *ring;            /* RING per sender */
static uint32_t *next_seq;              /* per sender */
static bool aborted;

static void client_start(struct client *c);
static void client_fail(struct client *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void client_packet(struct client *c, const char *p, size_t n);
static void client_closed(struct client *c);
static void client_upgrade_done(struct client *c);
static void mode_ready(struct client *c);
static void mode_gone(struct client *c);
static void mode_ack(struct client *c, const char *p, size_t n);
static void mode_event(struct client *c, const char *p, size_t n);

/* -------------------------------------------------------------------- sockets */

static void sock_arm(struct sock *s, bool out)
{
    struct epoll_event e = { .events = EPOLLIN | (out ? (uint32_t)EPOLLOUT : 0), .data.ptr = s };
    if (s->armed != out && epoll_ctl(ep, EPOLL_CTL_MOD, s->fd, &e) < 0)
        die("epoll_ctl: %s", strerror(errno));
    s->armed = out;
}

static void sock_close(struct sock *s)
{
    if (s->state == S_CLOSED)
        return;
    close(s->fd);
    s->fd = -1;
    s->state = S_CLOSED;
    s->gen++;
    /* rx and frag keep their memory: a parser further up the stack may still be reading them */
    s->rx.len = s->frag.len = 0;
    buf_clear(&s->tx, 4096);
    s->tx_off = 0;
    s->armed = s->upgraded = s->in_frag = false;
}

static bool sock_open(struct sock *s)
{
    static unsigned turn;
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)opt.port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1;

    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (s->fd < 0) {
        client_fail(s->client, "socket: %s", strerror(errno));
        return false;
    }
    s->state = S_CONNECTING;
    setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (opt.sources > 1) {      /* 127.0.0.1 .. 127.0.0.K in turn: more ports */
        struct sockaddr_in from = { .sin_family = AF_INET,
            .sin_addr.s_addr = htonl(INADDR_LOOPBACK + turn++ % opt.sources) };
        setsockopt(s->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
        if (bind(s->fd, (struct sockaddr *)&from, sizeof from) < 0) {
            client_fail(s->client, "bind: %s", strerror(errno));
            return false;
        }
    }
    if (connect(s->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) {
        client_fail(s->client, "connect: %s", strerror(errno));
        return false;
    }
    struct epoll_event e = { .events = EPOLLIN | EPOLLOUT, .data.ptr = s };
    if (epoll_ctl(ep, EPOLL_CTL_ADD, s->fd, &e) < 0)
        die("epoll_ctl: %s", strerror(errno));
    s->armed = true;
    return true;
}

static void sock_flush(struct sock *s)
{
    while (s->state == S_OPEN && s->tx_off < s->tx.len) {
        ssize_t n = send(s->fd, s->tx.p + s->tx_off, s->tx.len - s->tx_off, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EINTR)
                continue;
            if (errno == EAGAIN) {
                sock_arm(s, true);
                return;
            }
            /* The peer is gone; the next read says how (a close may have been on its way). */
            s->tx_off = s->tx.len;
            break;
        }
        s->tx_off += (size_t)n;
    }
    if (s->state == S_OPEN) {
        s->tx_off = 0;
        buf_clear(&s->tx, 4096);
        sock_arm(s, false);
    }
}

static void client_flush(struct client *c)
{
    struct sock *all[] = { &c->ws, &c->get, &c->post };
    for (int i = 0; i < 3; i++)
        if (all[i]->state == S_OPEN && all[i]->tx.len && !all[i]->armed)
            sock_flush(all[i]);
}

/* ------------------------------------------------------------------ WebSocket */

enum { OP_CONT = 0, OP_TEXT = 1, OP_BINARY = 2, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };

/* Appends one masked frame to the socket's output. */
static void ws_put(struct sock *s, unsigned opcode, const char *p, size_t n)
{
    unsigned char *h = (unsigned char *)buf_room(&s->tx, n + 14);
    size_t k = 2;
    uint32_t key = random32();

    h[0] = (unsigned char)(0x80 | opcode);
    if (n < 126) {
        h[1] = (unsigned char)(0x80 | n);
    } else if (n < 65536) {
        h[1] = 0x80 | 126;
        h[2] = (unsigned char)(n >> 8);
        h[3] = (unsigned char)n;
        k = 4;
    } else {
        h[1] = 0x80 | 127;
        for (int i = 0; i < 8; i++)
            h[2 + i] = (unsigned char)((uint64_t)n >> (56 - 8 * i));
        k = 10;
    }
    memcpy(h + k, &key, 4);
    k += 4;

    uint64_t wide = key | (uint64_t)key << 32, v;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        memcpy(&v, p + i, 8);
        v ^= wide;
        memcpy(h + k + i, &v, 8);
    }
    for (; i < n; i++)
        h[k + i] = (unsigned char)p[i] ^ (unsigned char)(key >> 8 * (i & 3));
    s->tx.len += k + n;
}

static void ws_open(struct client *c, const char *sid)
{
    struct sock *s = &c->ws;
    if (!sock_open(s))
        return;
    buf_addf(&s->tx, "GET %s?EIO=4&transport=websocket%s%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
             "Upgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Key: " WS_KEY "\r\nSec-WebSocket-Version: 13\r\n\r\n",
             opt.path, sid ? "&sid=" : "", sid ? sid : "", opt.port);
}

/* The parsers take the bytes at hand and return how many they are done with. */

static size_t ws_parse(struct sock *s, const char *p, size_t n)
{
    struct client *c = s->client;
    uint32_t gen = s->gen;
    size_t o = 0;

    while (n - o >= 2) {
        const unsigned char *h = (const unsigned char *)p + o;
        unsigned op = h[0] & 15u;
        bool fin = h[0] & 0x80;
        uint64_t len = h[1] & 127u;
        size_t head = len < 126 ? 2 : len == 126 ? 4 : 10;

        if (h[0] & 0x70 || h[1] & 0x80) {
            client_fail(c, "WebSocket frame with reserved bits or a mask (%02x %02x)", h[0], h[1]);
            return 0;
        }
        if (n - o < head)
            break;
        if (len == 126) {
            len = (uint64_t)h[2] << 8 | h[3];
        } else if (len == 127) {
            len = 0;
            for (int i = 0; i < 8; i++)
                len = len << 8 | h[2 + i];
        }
        if (len > MAX_MESSAGE || s->frag.len + len > MAX_MESSAGE) {
            client_fail(c, "WebSocket message too long");
            return 0;
        }
        if (n - o < head + len)
            break;

        const char *body = p + o + head;
        o += head + (size_t)len;

        if (op == OP_TEXT && fin && !s->in_frag) {
            client_packet(c, body, (size_t)len);
        } else if ((op == OP_TEXT && !s->in_frag) || (op == OP_CONT && s->in_frag)) {
            buf_add(&s->frag, body, (size_t)len);
            s->in_frag = !fin;
            if (fin) {
                size_t whole = s->frag.len;
                s->frag.len = 0;
                client_packet(c, s->frag.p, whole);
            }
        } else if (op == OP_PING) {
            ws_put(s, OP_PONG, body, (size_t)len);
        } else if (op == OP_CLOSE) {
            unsigned code = len >= 2 ? (unsigned)(unsigned char)body[0] << 8 | (unsigned char)body[1] : 0;
            if (c->state == C_CLOSING)
                client_closed(c);
            else
                client_fail(c, "server closed the WebSocket (code %u)", code);
            return 0;
        } else if (op != OP_PONG) {
            client_fail(c, "unexpected WebSocket opcode %u", op);
            return 0;
        }
        if (s->gen != gen)
            return 0;
    }
    return o;
}

/* ---------------------------------------------------------------- HTTP polling */

static void poll_get(struct client *c)
{
    struct sock *s = &c->get;
    if (s->state == S_CLOSED && !sock_open(s))
        return;
    c->get_busy = true;
    buf_addf(&s->tx, "GET %s?EIO=4&transport=polling%s%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
             "Accept: */*\r\n\r\n", opt.path, c->sid[0] ? "&sid=" : "", c->sid, opt.port);
}

/* Posts what is queued, as much as the server's maxPayload allows. */
static void poll_post(struct client *c)
{
    struct sock *s = &c->post;
    size_t n = c->queue.len - 1;        /* without the last separator */

    if (s->state == S_CLOSED && !sock_open(s))
        return;
    if (n > c->max_payload) {
        const char *cut = memrchr(c->queue.p, 0x1e, c->max_payload + 1);
        if (!cut)
            cut = memchr(c->queue.p, 0x1e, c->queue.len);       /* one oversized packet: the server's say */
        n = (size_t)(cut - c->queue.p);
    }
    buf_addf(&s->tx, "POST %s?EIO=4&transport=polling&sid=%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
             "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: %zu\r\n\r\n",
             opt.path, c->sid, opt.port, n);
    buf_add(&s->tx, c->queue.p, n);
    c->queue.len -= n + 1;
    memmove(c->queue.p, c->queue.p + n + 1, c->queue.len);
    c->post_busy = true;
}

static void poll_response(struct sock *s, int status, const char *p, size_t n, bool keep)
{
    struct client *c = s->client;
    uint32_t gen = s->gen;

    if (s->kind == K_GET ? !c->get_busy : !c->post_busy) {
        client_fail(c, "HTTP response %d without a request", status);
        return;
    }
    if (status != 200 && !(s->kind == K_GET && c->state == C_CLOSING)) {
        client_fail(c, "HTTP status %d: %.*s", status, (int)(n < 100 ? n : 100), p);
        return;
    }
    if (s->kind == K_POST) {
        c->post_busy = false;
        if (!keep)
            sock_close(s);
        if (c->queue.len)
            poll_post(c);
        else if (c->state == C_CLOSING)
            client_closed(c);
        return;
    }
    c->get_busy = false;
    if (phase == P_MEASURE)
        st.responses++;
    while (n) {
        const char *end = memchr(p, 0x1e, n);
        size_t len = end ? (size_t)(end - p) : n;
        client_packet(c, p, len);
        if (s->gen != gen)
            return;
        p += len + (end != NULL);
        n -= len + (end != NULL);
    }
    if (!keep)
        sock_close(s);
    if (c->probed)
        client_upgrade_done(c);
    else if (!c->on_ws && c->state != C_CLOSING)
        poll_get(c);
}

/* Decodes a chunked body in place: 1 done (length and end set), 0 more bytes needed, -1 malformed. */
static int unchunk(char *p, size_t n, size_t *length, size_t *end)
{
    size_t o = 0, out = 0;
    bool whole = false;
    for (int pass = 0; pass < 2; pass++) {      /* first see that it is all there, then move it */
        for (o = out = 0;;) {
            char *eol = memmem(p + o, n - o, "\r\n", 2);
            if (!eol)
                return 0;
            size_t size = 0;
            char *q = p + o;
            for (; q < eol && *q != ';'; q++) {
                int d = *q >= '0' && *q <= '9' ? *q - '0' : (*q | 32) >= 'a' && (*q | 32) <= 'f' ? (*q | 32) - 'a' + 10 : -1;
                if (d < 0 || size > MAX_BODY)
                    return -1;
                size = size * 16 + (size_t)d;
            }
            o = (size_t)(eol - p) + 2;
            if (n - o < size + 2)
                return 0;
            if (memcmp(p + o + size, "\r\n", 2) != 0)
                return -1;                      /* trailers are not expected */
            if (whole)
                memmove(p + out, p + o, size);
            out += size;
            o += size + 2;
            if (size == 0)
                break;
        }
        whole = true;
    }
    *length = out;
    *end = o;
    return 1;
}

/* Responses to polling requests, and the 101 that opens a WebSocket. */
static size_t http_parse(struct sock *s, char *p, size_t n)
{
    struct client *c = s->client;
    char *body = memmem(p, n, "\r\n\r\n", 4);
    size_t length = 0, end;
    bool chunked = false, keep = true, accepted = false;

    if (!body) {
        if (n > 16384)
            client_fail(c, "HTTP header too long");
        return 0;
    }
    if (n < 12 || memcmp(p, "HTTP/1.1 ", 9) != 0) {
        client_fail(c, "not an HTTP/1.1 response");
        return 0;
    }
    int status = atoi(p + 9);

    for (char *line = memmem(p, n, "\r\n", 2); line && line < body; ) {
        char *name = line + 2;
        char *eol = memmem(name, (size_t)(body + 2 - name), "\r\n", 2);
        char *colon = eol ? memchr(name, ':', (size_t)(eol - name)) : NULL;
        if (colon) {
            size_t nl = (size_t)(colon - name);
            char *value = colon + 1;
            while (value < eol && *value == ' ')
                value++;
            size_t vl = (size_t)(eol - value);
            if (nl == 14 && strncasecmp(name, "content-length", nl) == 0)
                length = strtoul(value, NULL, 10);
            else if (nl == 17 && strncasecmp(name, "transfer-encoding", nl) == 0)
                chunked = vl == 7 && strncasecmp(value, "chunked", 7) == 0;
            else if (nl == 10 && strncasecmp(name, "connection", nl) == 0)
                keep = !(vl == 5 && strncasecmp(value, "close", 5) == 0);
            else if (nl == 20 && strncasecmp(name, "sec-websocket-accept", nl) == 0)
                accepted = vl == sizeof WS_ACCEPT - 1 && memcmp(value, WS_ACCEPT, vl) == 0;
        }
        line = eol;
    }
    body += 4;

    if (s->kind == K_WS) {
        if (status != 101 || !accepted) {
            client_fail(c, "WebSocket refused: status %d%s", status, accepted ? "" : ", no valid Sec-WebSocket-Accept");
            return 0;
        }
        s->upgraded = true;
        if (c->state == C_UPGRADING)
            ws_put(s, OP_TEXT, "2probe", 6);
        return (size_t)(body - p);
    }

    size_t have = n - (size_t)(body - p);
    if (length > MAX_BODY || have > MAX_BODY + 65536) {
        client_fail(c, "HTTP body too long");
        return 0;
    }
    if (chunked) {
        int r = unchunk(body, have, &length, &end);
        if (r < 0)
            client_fail(c, "malformed chunked body");
        if (r <= 0)
            return 0;
    } else {
        if (have < length)
            return 0;
        end = length;
    }
    uint32_t gen = s->gen;
    poll_response(s, status, body, length, keep);
    return s->gen == gen ? (size_t)(body - p) + end : 0;
}

/* -------------------------------------------------------------- reading sockets */

static size_t sock_parse(struct sock *s, char *p, size_t n)
{
    uint32_t gen = s->gen;
    size_t done = 0;
    while (done < n) {
        size_t k = s->upgraded ? ws_parse(s, p + done, n - done) : http_parse(s, p + done, n - done);
        if (k == 0 || s->gen != gen)
            break;
        done += k;
    }
    return done;
}

static void sock_eof(struct sock *s, const char *why)
{
    struct client *c = s->client;
    if (s->kind == K_WS) {
        if (c->state == C_CLOSING)
            client_closed(c);
        else
            client_fail(c, "WebSocket connection lost: %s", why);
    } else if (s->kind == K_GET ? c->get_busy : c->post_busy) {
        client_fail(c, "HTTP connection lost during a request: %s", why);
    } else {
        sock_close(s);          /* an idle keep-alive connection; reopened when needed */
    }
}

static void sock_read(struct sock *s)
{
    static char scratch[SCRATCH];
    uint32_t gen = s->gen;
    bool buffered = s->rx.len > 0;
    char *to = buffered ? buf_room(&s->rx, SCRATCH) : scratch;

    ssize_t got = recv(s->fd, to, SCRATCH, 0);
    if (got < 0) {
        if (errno != EAGAIN && errno != EINTR)
            sock_eof(s, strerror(errno));
        return;
    }
    if (got == 0) {
        sock_eof(s, "end of file");
        return;
    }
    now = clock_ns();
    if (buffered) {
        s->rx.len += (size_t)got;
        size_t k = sock_parse(s, s->rx.p, s->rx.len);
        if (s->gen == gen) {
            s->rx.len -= k;
            if (s->rx.len)
                memmove(s->rx.p, s->rx.p + k, s->rx.len);
            else
                buf_clear(&s->rx, 4096);
        }
    } else {
        size_t k = sock_parse(s, scratch, (size_t)got);
        if (s->gen == gen && k < (size_t)got)
            buf_add(&s->rx, scratch + k, (size_t)got - k);
    }
}

static void sock_event(struct sock *s, uint32_t events)
{
    if (s->state == S_CLOSED)
        return;                 /* closed earlier in this batch of events */
    if (s->state == S_CONNECTING) {
        int err = 0;
        socklen_t len = sizeof err;
        getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &err, &len);
        if (err) {
            client_fail(s->client, "connect: %s", strerror(err));
            return;
        }
        if (!(events & EPOLLOUT))
            return;
        s->state = S_OPEN;
        sock_flush(s);
    } else if (events & EPOLLOUT) {
        sock_flush(s);
    }
    if (s->state == S_OPEN && events & (EPOLLIN | EPOLLHUP | EPOLLERR))
        sock_read(s);
    client_flush(s->client);
}

/* ------------------------------------------------------------ life of one client */

/* Sends one Engine.IO packet over whichever transport is current. */
static void client_send(struct client *c, const char *p, size_t n)
{
    if (c->on_ws) {
        ws_put(&c->ws, OP_TEXT, p, n);
        return;
    }
    buf_add(&c->queue, p, n);
    buf_add(&c->queue, "\x1e", 1);
    if (!c->post_busy)
        poll_post(c);
}

static void client_start(struct client *c)
{
    c->state = C_OPENING;
    c->since = clock_ns();
    c->get_busy = c->post_busy = c->probed = false;
    c->on_ws = opt.transport == T_WEBSOCKET;
    c->sid[0] = 0;
    c->max_payload = 1000000;
    c->queue.len = 0;
    st.started++;
    st.opening++;
    if (c->on_ws)
        ws_open(c, NULL);
    else
        poll_get(c);
}

static void client_drop(struct client *c, enum client_state state)
{
    sock_close(&c->ws);
    sock_close(&c->get);
    sock_close(&c->post);
    if (c->state == C_OPENING || c->state == C_UPGRADING)
        st.opening--;
    else if (c->state == C_READY)
        st.open--;
    c->state = (uint8_t)state;
    st.finished++;
    mode_gone(c);
}

static void client_fail(struct client *c, const char *fmt, ...)
{
    if (c->state == C_FREE || c->state == C_DEAD)
        return;
    if (st.errors++ < 5) {      /* the first few in full, the rest as a count */
        va_list ap;
        va_start(ap, fmt);
        fprintf(stderr, "sioload: client %u: ", c->id);
        vfprintf(stderr, fmt, ap);
        fputc('\n', stderr);
        va_end(ap);
    }
    client_drop(c, C_DEAD);
}

static void client_ready(struct client *c)
{
    c->state = C_READY;
    st.opening--;
    st.open++;
    mode_ready(c);
}

/* Leaves politely: a Socket.IO disconnect, then the transport's own close. */
static void client_close(struct client *c)
{
    st.open--;
    c->state = C_CLOSING;
    c->since = now;
    client_send(c, "41", 2);
    if (c->on_ws)
        ws_put(&c->ws, OP_CLOSE, "\x03\xe8", 2);
    else
        client_send(c, "1", 1);
}

static void client_closed(struct client *c)
{
    client_drop(c, C_FREE);
}

/* The last poll has come back and the probe was answered: switch, and have one echo prove it. */
static void client_upgrade_done(struct client *c)
{
    c->probed = false;
    c->on_ws = true;
    ws_put(&c->ws, OP_TEXT, "5", 1);
    client_send(c, "420[\"echo\",\"upgraded\"]", 22);
    sock_close(&c->get);
    if (!c->post_busy)
        sock_close(&c->post);
}

static void client_opened(struct client *c, const char *p, size_t n)
{
    char text[1024];
    if (c->state != C_OPENING || c->sid[0]) {
        client_fail(c, "second Engine.IO open packet");
        return;
    }
    n = n < sizeof text ? n : sizeof text - 1;
    memcpy(text, p, n);
    text[n] = 0;
    char *sid = strstr(text, "\"sid\":\""), *max = strstr(text, "\"maxPayload\":");
    if (!sid || sscanf(sid + 7, "%63[^\"]", c->sid) != 1) {
        client_fail(c, "Engine.IO open packet without sid: %s", text);
        return;
    }
    if (max)
        c->max_payload = strtoul(max + 13, NULL, 10);
    client_send(c, "40", 2);
}

/* One Engine.IO packet from the server. */
static void client_packet(struct client *c, const char *p, size_t n)
{
    if (n >= 2 && p[0] == '4') {
        if (p[1] == '2' || p[1] == '3') {
            if (c->state == C_READY) {
                if (p[1] == '3')
                    mode_ack(c, p, n);
                else
                    mode_event(c, p, n);
                return;
            }
            if (c->state == C_UPGRADING && p[1] == '3') {
                if (n == 15 && memcmp(p, "430[\"upgraded\"]", 15) == 0)
                    client_ready(c);
                else
                    client_fail(c, "wrong ack after the upgrade: %.*s", (int)(n < 100 ? n : 100), p);
                return;
            }
            if (p[1] == '2')
                return;         /* someone else's broadcast before or after our turn */
        }
        if (p[1] == '0' && c->state == C_OPENING) {
            if (opt.transport == T_UPGRADE) {
                c->state = C_UPGRADING;
                ws_open(c, c->sid);
            } else {
                client_ready(c);
            }
            return;
        }
    }
    if (n >= 1) {
        switch (p[0]) {
        case '0':
            client_opened(c, p, n);
            return;
        case '2': {             /* ping: answer with the same data */
            char pong[128] = "3";
            st.pings++;
            if (n > sizeof pong)
                break;
            memcpy(pong + 1, p + 1, n - 1);
            client_send(c, pong, n);
            return;
        }
        case '3':
            if (c->state == C_UPGRADING && n == 6 && memcmp(p, "3probe", 6) == 0) {
                c->probed = true;
                if (!c->get_busy)
                    client_upgrade_done(c);
                return;
            }
            break;
        case '6':
            return;
        case '1':
            if (c->state == C_CLOSING)
                return;
            break;
        }
    }
    if (c->state != C_CLOSING)
        client_fail(c, "unexpected packet: %.*s", (int)(n < 100 ? n : 100), p);
}

/* ------------------------------------------------------------------- payloads */

/*
 * A payload is "<who>.<seq>." in hexadecimal, filled up to --bytes with a
 * pattern that depends on seq.  It needs no JSON escapes and proves itself.
 */
#define PATTERN 61u
static char pattern[MAX_BYTES + PATTERN];

static void payload_init(void)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345678";
    for (size_t i = 0; i < sizeof pattern; i++)
        pattern[i] = alphabet[i % PATTERN];
}

static char *put_hex(char *p, uint64_t v)
{
    int shift = v ? (63 - __builtin_clzll(v)) / 4 * 4 : 0;
    for (; shift >= 0; shift -= 4)
        *p++ = "0123456789abcdef"[v >> shift & 15];
    *p++ = '.';
    return p;
}

static size_t payload_put(char *to, uint32_t who, uint64_t seq)
{
    char *p = put_hex(put_hex(to, who), seq);
    size_t head = (size_t)(p - to);
    if (head >= opt.bytes)
        return head;
    memcpy(p, pattern + seq % PATTERN, opt.bytes - head);
    return opt.bytes;
}

static const char *get_hex(const char *p, const char *end, uint64_t *v)
{
    uint64_t x = 0;
    const char *q = p;
    for (; q < end && q - p < 16; q++) {
        int d = *q >= '0' && *q <= '9' ? *q - '0' : *q >= 'a' && *q <= 'f' ? *q - 'a' + 10 : -1;
        if (d < 0)
            break;
        x = x << 4 | (uint64_t)d;
    }
    *v = x;
    return q > p && q < end && *q == '.' ? q + 1 : NULL;
}

static bool payload_get(const char *p, size_t n, uint64_t *who, uint64_t *seq)
{
    const char *q = get_hex(p, p + n, who);
    q = q ? get_hex(q, p + n, seq) : NULL;
    if (!q)
        return false;
    size_t head = (size_t)(q - p);
    if (head >= opt.bytes)
        return n == head;
    return n == opt.bytes && memcmp(q, pattern + *seq % PATTERN, n - head) == 0;
}

static char message[MAX_BYTES + 256];

/* ----------------------------------------------------------------- mode: echo */

static void echo_send(struct client *c, struct slot *slot)
{
    int k = snprintf(message, 64, "42%llu[\"echo\",\"", (unsigned long long)slot->id);
    size_t n = (size_t)k;
    n += payload_put(message + n, c->id, slot->id);
    memcpy(message + n, "\"]", 2);
    slot->sent = now;
    st.in_flight++;
    client_send(c, message, n + 2);
}

static void echo_ack(struct client *c, const char *p, size_t n)
{
    uint64_t id = 0, who, seq;
    size_t o = 2;
    for (; o < n && p[o] >= '0' && p[o] <= '9'; o++)
        id = id * 10 + (uint64_t)(p[o] - '0');

    struct slot *slot = &c->slots[id % opt.window];
    if (slot->id != id || !slot->sent) {
        client_fail(c, "ack %llu was not asked for, or twice", (unsigned long long)id);
        return;
    }
    if (n < o + 4 || memcmp(p + o, "[\"", 2) || memcmp(p + n - 2, "\"]", 2)
        || !payload_get(p + o + 2, n - o - 4, &who, &seq) || who != c->id || seq != id) {
        client_fail(c, "wrong ack: %.*s", (int)(n < 100 ? n : 100), p);
        return;
    }
    st.in_flight--;
    st.total++;
    if (phase == P_MEASURE) {
        st.units++;
        if (slot->sent >= st.measure)
            hist_add(now - slot->sent);
    }
    slot->sent = 0;
    slot->id += opt.window;     /* the next id of this slot: id modulo window never changes */
    if (phase <= P_MEASURE)
        echo_send(c, slot);
}

/* ------------------------------------------- modes: broadcast and polling */

static const char event_head[] = "42[\"chat message\",\"";
#define EVENT_HEAD (sizeof event_head - 1)

static void broadcast_send(struct client *c)
{
    uint32_t seq = next_seq[c->id]++;
    struct message *m = &ring[c->id * RING + seq % RING];
    size_t n = EVENT_HEAD;

    if (m->left)
        st.unresolved++;        /* someone is RING messages behind: no latency for that one */
    *m = (struct message){ .sent = now, .seq = seq, .left = opt.clients };
    memcpy(message, event_head, EVENT_HEAD);
    n += payload_put(message + n, c->id, seq);
    memcpy(message + n, "\"]", 2);
    st.total++;
    st.in_flight += opt.clients;
    client_send(c, message, n + 2);
}

static void broadcast_event(struct client *c, const char *p, size_t n)
{
    uint64_t who, seq;

    if (n < EVENT_HEAD + 2 || memcmp(p, event_head, EVENT_HEAD) || memcmp(p + n - 2, "\"]", 2)
        || !payload_get(p + EVENT_HEAD, n - EVENT_HEAD - 2, &who, &seq)
        || who >= opt.senders || seq >= next_seq[who]) {
        client_fail(c, "wrong event: %.*s", (int)(n < 100 ? n : 100), p);
        return;
    }

    /* Exactly once and in order: the sequence number must be the next one of its sender. */
    struct seen *seen = &c->seen[who];
    if (seq >= seen->next) {
        uint64_t step = seq - seen->next + 1;
        st.missing += step - 1;
        seen->past = (step < 64 ? seen->past << step : 0) | 1;
        seen->next = (uint32_t)seq + 1;
    } else {
        uint32_t back = seen->next - 1 - (uint32_t)seq;
        if (back < 64 && !(seen->past >> back & 1)) {
            seen->past |= 1ull << back;
            st.missing--;
            st.reordered++;
        } else {
            st.duplicate++;
            return;
        }
    }

    st.in_flight--;
    if (phase == P_MEASURE)
        st.units++;
    struct message *m = &ring[who * RING + seq % RING];
    if (m->seq == seq && m->left && --m->left == 0 && m->sent >= st.measure && st.measure)
        hist_add(now - m->sent);
    if (who == c->id) {
        if (phase == P_MEASURE)
            st.messages++;
        if (phase <= P_MEASURE)
            broadcast_send(c);
    }
}

/* ------------------------------------------------------- what the modes do when */

static void snapshot(double *servers, double *own)
{
    *own = own_cpu();
    for (unsigned i = 0; i < opt.ncpu_pids; i++)
        servers[i] = cpu_of(opt.cpu_pids[i]);
}

static void start_more(void)
{
    unsigned i = opt.mode == M_CONNECT ? 0 : st.started;        /* only connect mode uses a client again */

    for (; i < nclients && st.opening < opt.concurrent && st.started < opt.clients && !aborted; i++)
        if (clients[i].state == C_FREE || clients[i].state == C_DEAD)
            client_start(&clients[i]);
}

static void mode_ready(struct client *c)
{
    if (opt.mode == M_CONNECT) {
        hist_add(now - c->since);
        st.units++;
        client_close(c);
    }
}

static void mode_gone(struct client *c)
{
    if (opt.mode == M_CONNECT)
        return;                 /* the tick starts the next one */
    if (phase == P_CONNECT && opt.mode != M_IDLE && !aborted) {
        fprintf(stderr, "sioload: giving up: client %u could not connect\n", c->id);
        aborted = true;
    }
}

static void mode_ack(struct client *c, const char *p, size_t n)
{
    if (opt.mode == M_ECHO)
        echo_ack(c, p, n);
    else
        client_fail(c, "unexpected ack");
}

static void mode_event(struct client *c, const char *p, size_t n)
{
    if (opt.mode == M_BROADCAST || opt.mode == M_POLLING)
        broadcast_event(c, p, n);       /* the other modes do not mind what a server says */
}

static void begin_load(void)
{
    for (unsigned i = 0; i < nclients; i++) {
        struct client *c = &clients[i];
        if (c->state != C_READY)
            continue;
        now = clock_ns();
        if (opt.mode == M_ECHO)
            for (unsigned w = 0; w < opt.window; w++)
                echo_send(c, &c->slots[w]);
        else if (opt.mode != M_IDLE && i < opt.senders)
            for (unsigned w = 0; w < opt.window; w++)
                broadcast_send(c);
        client_flush(c);
    }
}

/* Moves from phase to phase; called after every batch of events. Returns when to look again. */
static uint64_t tick(void)
{
    const uint64_t window = (uint64_t)(opt.seconds * 1e9);

    now = clock_ns();
    if (aborted) {
        phase = P_DONE;
        return now;
    }
    if (opt.mode == M_CONNECT) {
        for (unsigned i = 0; i < nclients; i++) {
            struct client *c = &clients[i];
            uint64_t limit = c->state == C_CLOSING ? CLOSE_WAIT : (uint64_t)(opt.connect_timeout * 1e9);
            if (c->state != C_FREE && c->state != C_DEAD && now > c->since + limit)
                client_fail(c, c->state == C_CLOSING ? "server did not close" : "connection timed out");
        }
        start_more();
        if (st.finished >= opt.clients || now >= st.begin + window) {
            st.stop = now;
            snapshot(st.cpu1, &st.own1);
            phase = P_DONE;
        }
        return now + SECOND / 10;
    }

    switch (phase) {
    case P_CONNECT:
        start_more();
        if (st.started == opt.clients && st.opening == 0) {
            st.ready = now;
            phase = P_WARMUP;
            begin_load();
            return now + (uint64_t)(opt.warmup * 1e9);
        }
        if (now > st.begin + (uint64_t)(opt.connect_timeout * 1e9)) {
            fprintf(stderr, "sioload: giving up: %u of %u clients connected in time\n", st.open, opt.clients);
            st.errors += opt.clients - st.open;
            aborted = true;
        }
        return now + SECOND / 10;
    case P_WARMUP:
        if (now < st.ready + (uint64_t)(opt.warmup * 1e9))
            return st.ready + (uint64_t)(opt.warmup * 1e9);
        if (opt.rss_pid)
            st.rss_open = rss_of(opt.rss_pid);
        snapshot(st.cpu0, &st.own0);
        st.measure = now = clock_ns();
        phase = P_MEASURE;
        return st.measure + window;
    case P_MEASURE:
        if (now < st.measure + window && !(opt.count && st.total >= opt.count))
            return st.measure + window;
        snapshot(st.cpu1, &st.own1);
        st.stop = now;
        if (opt.rss_pid)
            st.rss_end = rss_of(opt.rss_pid);
        phase = P_DRAIN;
        return now;
    case P_DRAIN:
        if (opt.mode == M_IDLE || st.in_flight == 0 || now > st.stop + DRAIN_WAIT)
            phase = P_DONE;
        return now + SECOND / 10;
    case P_DONE:
        break;
    }
    return now;
}

/* ------------------------------------------------------------------- reporting */

static int report(void)
{
    const char *unit = opt.mode == M_ECHO ? "ack" : opt.mode == M_CONNECT ? "connection"
                     : opt.mode == M_IDLE ? "connection" : "delivery";
    const char *units = opt.mode == M_ECHO ? "acks" : opt.mode == M_CONNECT || opt.mode == M_IDLE ? "connections"
                      : "deliveries";
    bool casting = opt.mode == M_BROADCAST || opt.mode == M_POLLING;
    double from = (double)(opt.mode == M_CONNECT ? st.begin : st.measure);
    double seconds = ((double)st.stop - from) / 1e9;
    if (seconds <= 0)
        seconds = 1e-9;

    if (!st.stop) {
        printf("sioload %s %s: FAILED before anything was measured, %llu errors\n", mode_names[opt.mode], opt.label,
               (unsigned long long)st.errors);
        return 1;
    }
    if (opt.mode == M_IDLE)
        st.units = st.open;
    if (casting)                /* what was sent and never arrived, beyond the gaps already counted */
        for (unsigned i = 0; i < nclients; i++)
            for (unsigned s = 0; s < opt.senders; s++)
                st.missing += next_seq[s] - clients[i].seen[s].next;
    else if (opt.mode == M_ECHO)
        st.missing = st.in_flight;
    if (opt.mode == M_CONNECT && st.finished < opt.clients)
        st.missing = opt.clients - st.finished;
    uint64_t bad = st.errors + st.missing + st.duplicate + st.reordered;

    double rate = (double)st.units / seconds;
    double cpu = opt.ncpu_pids ? 0 : -1;        /* of all of them; negative if one is gone */
    for (unsigned i = 0; i < opt.ncpu_pids; i++)
        cpu = cpu < 0 || st.cpu0[i] < 0 || st.cpu1[i] < 0 ? -1 : cpu + st.cpu1[i] - st.cpu0[i];
    double per = cpu >= 0 && st.units ? cpu * 1e6 / (double)st.units : -1;
    double own = (st.own1 - st.own0) / seconds * 100;
    double kib_open = 0, kib_end = 0;

    printf("sioload %s%s%s: %u %s, %s", mode_names[opt.mode],
           *opt.label ? " " : "", opt.label, opt.clients, opt.mode == M_CONNECT ? "connections" : "clients",
           transport_names[opt.transport]);
    if (opt.mode == M_ECHO)
        printf(", window %u, %u bytes", opt.window, opt.bytes);
    else if (casting)
        printf(", %u sender%s, window %u, %u bytes", opt.senders, opt.senders == 1 ? "" : "s", opt.window, opt.bytes);
    else
        printf(", %u at a time", opt.concurrent);
    printf("\n  measured        %.3f s", seconds);
    if (opt.mode != M_CONNECT)
        printf(" (connecting took %.3f s, then %.1f s warm-up)", (double)(st.ready - st.begin) / 1e9, opt.warmup);
    putchar('\n');
    if (opt.mode == M_IDLE) {
        printf("  survived        %u of %u, %llu pings answered\n", st.open, opt.clients, (unsigned long long)st.pings);
        if (opt.rss_pid && st.open) {
            kib_open = (double)(st.rss_open - st.rss_before) / st.open;
            kib_end = (double)(st.rss_end - st.rss_before) / st.open;
            printf("  server RSS      before %ld KiB, connected %ld KiB, at the end %ld KiB\n",
                   st.rss_before, st.rss_open, st.rss_end);
            printf("  per connection  %.2f KiB connected, %.2f KiB at the end\n", kib_open, kib_end);
        }
    } else {
        printf("  %-15s %llu (%.0f per second)\n", units, (unsigned long long)st.units, rate);
        if (casting)
            printf("  messages        %llu (%.0f per second)\n", (unsigned long long)st.messages,
                   (double)st.messages / seconds);
        if (casting && opt.transport == T_POLLING && st.responses)
            printf("  responses       %llu to polls, %.2f deliveries in each\n", (unsigned long long)st.responses,
                   (double)st.units / (double)st.responses);
        printf("  latency (us)    p50 %.1f, p99 %.1f, max %.1f%s\n", hist_us(0.5), hist_us(0.99),
               (double)hist.max / 1e3, casting ? " (to the last receiver)" : opt.mode == M_CONNECT ? " (until usable)" : "");
    }
    if (cpu >= 0)
        printf("  server CPU      %.2f s (%.0f %% of a core), %.3f us per %s\n", cpu, cpu / seconds * 100, per, unit);
    printf("  generator CPU   %.0f %% of a core%s\n", own, own > 95 ? " - it may be the bottleneck" : "");
    if (casting)
        printf("  order           %llu missing, %llu duplicate, %llu out of order%s\n",
               (unsigned long long)st.missing, (unsigned long long)st.duplicate, (unsigned long long)st.reordered,
               st.unresolved ? " (some latencies were not taken)" : "");
    else if (st.missing)
        printf("  missing         %llu\n", (unsigned long long)st.missing);
    printf("  errors          %llu%s\n", (unsigned long long)st.errors, bad ? "   <-- FAILED" : "");

    if (opt.json) {
        printf("{\"mode\":\"%s\",\"label\":\"%s\",\"transport\":\"%s\",\"clients\":%u,\"concurrent\":%u,\"window\":%u,"
               "\"senders\":%u,\"bytes\":%u,\"seconds\":%.3f,\"unit\":\"%s\",\"units\":%llu,\"per_second\":%.1f,"
               "\"messages\":%llu,\"messages_per_second\":%.1f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f,"
               "\"server_cpu_s\":%.2f,\"cpu_us_per_unit\":%.3f,\"generator_cpu_percent\":%.0f,"
               "\"rss_before_kib\":%ld,\"rss_connected_kib\":%ld,\"rss_end_kib\":%ld,"
               "\"kib_per_connection\":%.2f,\"kib_per_connection_end\":%.2f,"
               "\"open\":%u,\"pings\":%llu,\"responses\":%llu,\"missing\":%llu,\"duplicate\":%llu,\"reordered\":%llu,\"errors\":%llu,\"ok\":%s,"
               "\"cpu_s_of_each\":[",
               mode_names[opt.mode], opt.label, transport_names[opt.transport], opt.clients, opt.concurrent, opt.window,
               opt.senders, opt.bytes, seconds, unit, (unsigned long long)st.units, rate,
               (unsigned long long)st.messages, (double)st.messages / seconds, hist_us(0.5), hist_us(0.99),
               (double)hist.max / 1e3, cpu, per, own, st.rss_before, st.rss_open, st.rss_end, kib_open, kib_end,
               st.open, (unsigned long long)st.pings, (unsigned long long)st.responses, (unsigned long long)st.missing, (unsigned long long)st.duplicate,
               (unsigned long long)st.reordered, (unsigned long long)st.errors, bad ? "false" : "true");
        for (unsigned i = 0; i < opt.ncpu_pids; i++)
            printf("%s%.2f", i ? "," : "", st.cpu1[i] - st.cpu0[i]);
        printf("]}\n");
    }
    fflush(stdout);
    return bad || aborted ? 1 : 0;
}

/* --------------------------------------------------------- options and main loop */

static void usage(FILE *to)
{
    fputs(
"usage: sioload MODE [options]          (always against 127.0.0.1)\n"
"\n"
"modes\n"
"  echo        every client keeps --window acks of the event \"echo\" in flight\n"
"  broadcast   --senders clients emit \"chat message\", all clients receive it\n"
"  polling     the same with every client on HTTP long-polling\n"
"  connect     opens and closes --clients connections, --concurrent at a time\n"
"  idle        opens --clients connections and holds them, answering pings\n"
"\n"
"options (defaults)\n"
"  --port P             server port (3000)\n"
"  --host 127.0.0.1     accepted for clarity; any other host is refused\n"
"  --path /socket.io/   request path\n"
"  --clients N          clients, or connections in all (100; connect and idle 1000)\n"
"  --concurrent C       connections being opened at a time (50)\n"
"  --window W           messages in flight per client or sender (1)\n"
"  --senders S          broadcasting clients (1)\n"
"  --bytes B            payload bytes, at most 1048576 (32; broadcast 64)\n"
"  --time T             seconds measured; for connect the longest time (5; connect 60)\n"
"  --warmup T           seconds of load before measuring (1)\n"
"  --count M            also stop after M acks or messages, warm-up included (no limit)\n"
"  --connect-timeout T  seconds for all clients to connect (30)\n"
"  --transport X        websocket, upgrade or polling (websocket)\n"
"  --upgrade            the same as --transport upgrade\n"
"  --sources K          source addresses 127.0.0.1 to 127.0.0.K (as many as needed)\n"
"  --cpu-of PID         report CPU used by this process during the measurement; again for up to 8\n"
"  --pid PID            report its resident memory (idle); also implies --cpu-of\n"
"  --label TEXT         copied to the output\n"
"  --json               one JSON line after the report\n"
"\n"
"Exit status: 0 all verified, 1 errors or messages missing, 2 usage.\n", to);
}

static double number(const char *name, const char *text, double low, double high)
{
    char *end;
    double v = strtod(text, &end);
    if (end == text || *end || !(v >= low && v <= high))
        die("%s must be between %.0f and %.0f", name, low, high);
    return v;
}

static void watch_cpu(long pid)
{
    if (opt.ncpu_pids == MAX_CPUS_OF)
        die("--cpu-of takes at most %u processes", MAX_CPUS_OF);
    if (cpu_of(pid) < 0)
        die("process %ld cannot be read", pid);
    opt.cpu_pids[opt.ncpu_pids++] = pid;
}

static void parse_options(int argc, char **argv)
{
    if (argc < 2 || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
        usage(argc < 2 ? stderr : stdout);
        exit(argc < 2 ? 2 : 0);
    }
    int m = 0;
    while (m < 5 && strcmp(argv[1], mode_names[m]))
        m++;
    if (m == 5) {
        usage(stderr);
        exit(2);
    }
    opt.mode = (enum mode)m;
    opt.clients = opt.mode == M_CONNECT || opt.mode == M_IDLE ? 1000 : 100;
    opt.seconds = opt.mode == M_CONNECT ? 60 : 5;
    if (opt.mode == M_BROADCAST || opt.mode == M_POLLING)
        opt.bytes = 64;
    if (opt.mode == M_POLLING)
        opt.transport = T_POLLING;

    for (int i = 2; i < argc; i++) {
        const char *o = argv[i];
        if (!strcmp(o, "--json")) { opt.json = true; continue; }
        if (!strcmp(o, "--upgrade")) { opt.transport = T_UPGRADE; continue; }
        if (i + 1 >= argc)
            die("%s: unknown, or its value is missing", o);
        const char *v = argv[++i];
        if (!strcmp(o, "--port")) opt.port = (unsigned)number(o, v, 1, 65535);
        else if (!strcmp(o, "--clients")) opt.clients = (unsigned)number(o, v, 1, MAX_CLIENTS);
        else if (!strcmp(o, "--concurrent")) opt.concurrent = (unsigned)number(o, v, 1, 10000);
        else if (!strcmp(o, "--window")) opt.window = (unsigned)number(o, v, 1, MAX_WINDOW);
        else if (!strcmp(o, "--senders")) opt.senders = (unsigned)number(o, v, 1, MAX_SENDERS);
        else if (!strcmp(o, "--bytes")) opt.bytes = (unsigned)number(o, v, 0, MAX_BYTES);
        else if (!strcmp(o, "--sources")) opt.sources = (unsigned)number(o, v, 1, 250);
        else if (!strcmp(o, "--time")) opt.seconds = number(o, v, 0, MAX_SECONDS);
        else if (!strcmp(o, "--warmup")) opt.warmup = number(o, v, 0, MAX_SECONDS);
        else if (!strcmp(o, "--connect-timeout")) opt.connect_timeout = number(o, v, 1, MAX_SECONDS);
        else if (!strcmp(o, "--count")) opt.count = (uint64_t)number(o, v, 0, 1e12);
        else if (!strcmp(o, "--cpu-of")) watch_cpu((long)number(o, v, 1, 1e9));
        else if (!strcmp(o, "--pid")) opt.rss_pid = (long)number(o, v, 1, 1e9);
        else if (!strcmp(o, "--label")) opt.label = v;
        else if (!strcmp(o, "--path")) opt.path = v;
        else if (!strcmp(o, "--host")) {
            if (strcmp(v, "127.0.0.1"))
                die("only 127.0.0.1 is ever connected to");
        } else if (!strcmp(o, "--transport")) {
            int t = 0;
            while (t < 3 && strcmp(v, transport_names[t]))
                t++;
            if (t == 3)
                die("--transport is websocket, upgrade or polling");
            opt.transport = (enum transport)t;
        } else {
            die("unknown option %s", o);
        }
    }
    if (strpbrk(opt.label, "\"\\\n") || strlen(opt.path) > 200 || strpbrk(opt.path, " \r\n?"))
        die("--label or --path holds a character it must not");
    if (opt.mode == M_POLLING && opt.transport != T_POLLING)
        die("polling mode is long-polling only; use broadcast for other transports");
    if (opt.rss_pid && !opt.ncpu_pids)
        watch_cpu(opt.rss_pid);
    if (opt.senders > opt.clients)
        opt.senders = opt.clients;
    if ((uint64_t)opt.senders * opt.clients > 20000000)
        die("clients times senders is too much");
    nclients = opt.mode == M_CONNECT && opt.concurrent < opt.clients ? opt.concurrent : opt.clients;
    if (opt.concurrent > opt.clients)
        opt.concurrent = opt.clients;
}

/* Descriptors and ports for the sockets this run can have open at once. */
static void raise_limits(void)
{
    unsigned per = opt.transport == T_WEBSOCKET ? 1 : opt.transport == T_POLLING ? 2 : 3;
    rlim_t need = (rlim_t)nclients * per + 64;
    struct rlimit r;
    getrlimit(RLIMIT_NOFILE, &r);
    if (r.rlim_cur < need) {
        r.rlim_cur = need;
        if (r.rlim_max < need)
            r.rlim_max = need;
        if (setrlimit(RLIMIT_NOFILE, &r) < 0)
            die("cannot raise the descriptor limit to %lu", (unsigned long)need);
    }
    if (opt.sources == 0) {     /* some 28000 ports per address; connect also leaves TIME_WAIT behind */
        uint64_t sockets = (uint64_t)(opt.mode == M_CONNECT ? opt.clients : nclients) * per;
        opt.sources = (unsigned)(1 + sockets / 20000);
        if (opt.sources > 250)
            opt.sources = 250;
    }
}

int main(int argc, char **argv)
{
    static struct epoll_event events[1024];

    parse_options(argc, argv);
    raise_limits();
    payload_init();
    setvbuf(stdout, NULL, _IOFBF, 8192);

    ep = epoll_create1(EPOLL_CLOEXEC);
    if (ep < 0)
        die("epoll_create1: %s", strerror(errno));
    clients = xcalloc(nclients, sizeof *clients);
    next_seq = xcalloc(opt.senders, sizeof *next_seq);
    bool casting = opt.mode == M_BROADCAST || opt.mode == M_POLLING;
    struct slot *slots = NULL;
    struct seen *seen = NULL;
    if (opt.mode == M_ECHO)
        slots = xcalloc((size_t)nclients * opt.window, sizeof *slots);
    if (casting) {
        seen = xcalloc((size_t)nclients * opt.senders, sizeof *seen);
        ring = xcalloc((size_t)RING * opt.senders, sizeof *ring);
    }
    for (unsigned i = 0; i < nclients; i++) {
        struct client *c = &clients[i];
        c->id = i;
        c->get.client = c->post.client = c->ws.client = c;
        c->get.kind = K_GET;
        c->post.kind = K_POST;
        c->ws.kind = K_WS;
        c->get.fd = c->post.fd = c->ws.fd = -1;
        if (opt.mode == M_ECHO) {
            c->slots = slots + (size_t)i * opt.window;
            for (unsigned w = 0; w < opt.window; w++)
                c->slots[w].id = w;
        }
        if (casting)
            c->seen = seen + (size_t)i * opt.senders;
    }

    if (opt.rss_pid)
        st.rss_before = rss_of(opt.rss_pid);
    snapshot(st.cpu0, &st.own0);
    st.begin = now = clock_ns();
    phase = P_CONNECT;

    uint64_t again = tick();
    while (phase != P_DONE) {
        int wait = 0;
        if (again > now)        /* at most 100 ms, so that no deadline is far off */
            wait = again - now > SECOND / 10 ? 100 : (int)((again - now) / 1000000) + 1;
        int n = epoll_wait(ep, events, 1024, wait);
        if (n < 0 && errno != EINTR)
            die("epoll_wait: %s", strerror(errno));
        now = clock_ns();
        for (int i = 0; i < n; i++)
            sock_event(events[i].data.ptr, events[i].events);
        again = tick();
    }
    return report();            /* leaving closes every connection */
}
