/*
 * rawlimit - a limit, not a product.
 *
 * Fulfils the contract that sioload expects (the event "echo" is acknowledged
 * with its arguments, "chat message" goes to everybody) with the least work
 * that one thread around one epoll can do: packets are recognised by literal
 * prefixes and rewritten as bytes, nothing is decoded, validated, configured,
 * namespaced or logged.  What it reaches on a machine is the denominator for a
 * real server's figures there; it is of no use for anything else.
 *
 *   rawlimit PORT [--coalesce] [--ping-ms N] [--torture] [--fault drop|dup|corrupt]
 *
 *   --coalesce   broadcasts met in one turn of the loop go out in one send() per
 *                client; without it there is one send() per message and client
 *   --ping-ms    Engine.IO heartbeat period, 25000 unless told
 *   --torture    fragmented frames, interleaved pings, chunked HTTP bodies, and
 *                every write cut into small pieces: tests a client's parsers
 *   --fault      misbehaves at every 500th message: tests a client's verification
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
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

#define SCRATCH     (256u << 10)
#define MAX_PENDING (64u << 20)         /* a client further behind than this is dropped */

struct buf { char *p; size_t len, cap; };

enum kind { HTTP, WEBSOCKET };

struct session;

struct conn {
    struct buf rx, tx;          /* leftovers only: both are empty almost always */
    size_t tx_off;
    struct session *session;    /* of a pending GET, or of an upgrade under way */
    struct conn *next_free;
    int fd;
    unsigned slot;              /* place in members[] */
    uint8_t kind;
    bool armed, member, answered, dead;
};

/* A client on long-polling. */
struct session {
    struct buf queue;           /* packets waiting for the next GET, separated by 0x1e */
    struct conn *get;           /* the GET that is waiting */
    struct conn *ws;            /* the WebSocket it is moving to */
    unsigned index, slot;
    bool alive, probing, answered;
};

static int ep;
static bool coalesce, torture;
static int fault;               /* 'd'rop, 'u' (dup), 'c'orrupt, or 0 */
static unsigned ping_ms = 25000;
static char open_tail[160];

static struct conn **members;           /* WebSocket clients that broadcasts go to */
static unsigned nmembers, members_cap;
static struct session **sessions;       /* by index; the sid is the index */
static unsigned nsessions, sessions_cap;
static struct session **pollers;        /* polling clients that broadcasts go to */
static unsigned npollers, pollers_cap;
static struct conn *graveyard;          /* closed during this turn of the loop */

static struct buf out;                  /* answers to the connection being read */
static struct buf casts;                /* --coalesce: this turn's broadcast frames */
static struct buf poll_casts;           /* and the same as polling packets */

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void *grow(void *p, size_t n)
{
    p = realloc(p, n);
    if (!p)
        die("realloc");
    return p;
}

static char *room(struct buf *b, size_t n)
{
    if (b->cap - b->len < n) {
        size_t cap = b->cap ? b->cap : 256;
        while (cap - b->len < n)
            cap *= 2;
        b->p = grow(b->p, cap);
        b->cap = cap;
    }
    return b->p + b->len;
}

static void add(struct buf *b, const void *p, size_t n)
{
    memcpy(room(b, n), p, n);
    b->len += n;
}

static void drop(struct buf *b)
{
    free(b->p);
    *b = (struct buf){ 0 };
}

/* ----------------------------------------------------------- SHA-1 and base64 */

static uint32_t rol(uint32_t x, int n) { return x << n | x >> (32 - n); }

/* SHA-1 of fewer than 120 bytes, which is all a handshake needs. */
static void sha1(const char *text, size_t n, unsigned char digest[20])
{
    unsigned char block[128] = { 0 };
    uint32_t h[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 }, w[80];
    size_t total = n + 9 <= 64 ? 64 : 128;

    memcpy(block, text, n);
    block[n] = 0x80;
    block[total - 2] = (unsigned char)(n * 8 >> 8);
    block[total - 1] = (unsigned char)(n * 8);
    for (const unsigned char *p = block; p < block + total; p += 64) {
        for (int i = 0; i < 16; i++)
            w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 | (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
        for (int i = 16; i < 80; i++)
            w[i] = rol(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
        uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
        for (int i = 0; i < 80; i++) {
            uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 ? b ^ c ^ d : i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
            uint32_t k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
            uint32_t t = rol(a, 5) + f + e + k + w[i];
            e = d, d = c, c = rol(b, 30), b = a, a = t;
        }
        h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
    }
    for (int i = 0; i < 20; i++)
        digest[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
}

static void base64_20(const unsigned char in[20], char text[29])
{
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < 7; i++) {
        uint32_t v = (uint32_t)in[3 * i] << 16 | (uint32_t)in[3 * i + 1] << 8 | (i < 6 ? in[3 * i + 2] : 0);
        for (int k = 0; k < 4; k++)
            text[4 * i + k] = set[v >> (18 - 6 * k) & 63];
    }
    text[27] = '=';
    text[28] = 0;
}

/* ------------------------------------------------------------------- sending */

static unsigned chance(void)
{
    static uint32_t x = 88172645u;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return x;
}

static void conn_close(struct conn *c);

static void arm(struct conn *c, bool want)
{
    struct epoll_event e = { .events = EPOLLIN | (want ? (uint32_t)EPOLLOUT : 0), .data.ptr = c };
    if (c->armed != want)
        epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
    c->armed = want;
}

static void flush(struct conn *c)
{
    while (c->tx_off < c->tx.len) {
        size_t n = c->tx.len - c->tx_off;
        if (torture && n > 1)
            n = 1 + chance() % (n < 40 ? n : 40);
        ssize_t k = send(c->fd, c->tx.p + c->tx_off, n, MSG_NOSIGNAL);
        if (k < 0) {
            if (errno == EAGAIN)
                break;
            conn_close(c);
            return;
        }
        c->tx_off += (size_t)k;
        if (torture && c->tx_off < c->tx.len)
            break;              /* the rest when the loop comes round again */
    }
    if (c->tx_off < c->tx.len) {
        arm(c, true);
        return;
    }
    drop(&c->tx);
    c->tx_off = 0;
    arm(c, false);
}

static void conn_write(struct conn *c, const char *p, size_t n)
{
    size_t sent = 0;
    if (c->dead)
        return;
    if (c->tx.len == 0 && !torture) {
        ssize_t k = send(c->fd, p, n, MSG_NOSIGNAL);
        if (k < 0 && errno != EAGAIN) {
            conn_close(c);
            return;
        }
        sent = k < 0 ? 0 : (size_t)k;
        if (sent == n)
            return;
    }
    if (c->tx.len - c->tx_off > MAX_PENDING) {
        conn_close(c);
        return;
    }
    bool idle = c->tx.len == 0;
    add(&c->tx, p + sent, n - sent);
    if (idle)
        arm(c, true);
}

/* Writes the header of an unmasked frame; returns its length. */
static size_t frame_head(char *p, unsigned first, size_t n)
{
    unsigned char *h = (unsigned char *)p;
    h[0] = (unsigned char)first;
    if (n < 126) {
        h[1] = (unsigned char)n;
        return 2;
    }
    if (n < 65536) {
        h[1] = 126;
        h[2] = (unsigned char)(n >> 8);
        h[3] = (unsigned char)n;
        return 4;
    }
    h[1] = 127;
    for (int i = 0; i < 8; i++)
        h[2 + i] = (unsigned char)((uint64_t)n >> (56 - 8 * i));
    return 10;
}

/* Appends one text message; under torture in two or three fragments with a ping between. */
static void put_text(struct buf *b, const char *p, size_t n)
{
    unsigned opcode = 1;
    while (torture && n > 1) {
        size_t k = 1 + chance() % (n - 1);
        b->len += frame_head(room(b, k + 10), opcode, k);
        add(b, p, k);
        add(b, "\x89\x03hey", 5);
        opcode = 0;
        p += k;
        n -= k;
        if (chance() % 2)
            break;
    }
    b->len += frame_head(room(b, n + 10), 0x80 | opcode, n);
    add(b, p, n);
}

/* -------------------------------------------------------------------- polling */

static void respond(struct conn *c, const char *body, size_t n)
{
    struct buf *b = &out;       /* connections are read one at a time, so the scratch is free */
    size_t mark = b->len;
    if (torture) {              /* chunked, in two chunks when there is enough */
        size_t k = n > 1 ? 1 + chance() % (n - 1) : n;
        b->len += (size_t)sprintf(room(b, n + 256), "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                                  "transfer-encoding: chunked\r\n\r\n%zx\r\n", k);
        add(b, body, k);
        if (n > k) {
            b->len += (size_t)sprintf(room(b, 32), "\r\n%zX\r\n", n - k);
            add(b, body + k, n - k);
        }
        add(b, "\r\n0\r\n\r\n", 7);
    } else {
        b->len += (size_t)sprintf(room(b, n + 256), "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                                  "Content-Length: %zu\r\n\r\n", n);
        add(b, body, n);
    }
    conn_write(c, b->p + mark, b->len - mark);
    b->len = mark;
}

/* Hands what is queued to the waiting GET. */
static void session_flush(struct session *s)
{
    if (!s->get || !s->queue.len)
        return;
    struct conn *c = s->get;
    s->get = NULL;
    c->session = NULL;
    respond(c, s->queue.p, s->queue.len);
    drop(&s->queue);
}

static void session_put(struct session *s, const char *p, size_t n)
{
    if (s->queue.len)
        add(&s->queue, "\x1e", 1);
    add(&s->queue, p, n);
}

static struct session *session_new(void)
{
    struct session *s = calloc(1, sizeof *s);
    if (!s)
        die("calloc");
    if (nsessions == sessions_cap)
        sessions = grow(sessions, (sessions_cap = sessions_cap * 2 + 64) * sizeof *sessions);
    if (npollers == pollers_cap)
        pollers = grow(pollers, (pollers_cap = pollers_cap * 2 + 64) * sizeof *pollers);
    s->index = nsessions;
    sessions[nsessions++] = s;
    s->slot = npollers;
    pollers[npollers++] = s;
    s->alive = s->answered = true;
    return s;
}

/* Ends a session: closed, timed out, or moved to a WebSocket. */
static void session_end(struct session *s)
{
    if (s->get) {
        struct conn *c = s->get;
        s->get = NULL;
        c->session = NULL;
        respond(c, "6", 1);
    }
    if (s->ws)
        s->ws->session = NULL;
    pollers[s->slot] = pollers[--npollers];
    pollers[s->slot]->slot = s->slot;
    sessions[s->index] = NULL;
    drop(&s->queue);
    free(s);
}

/* -------------------------------------------------------------------- contract */

static void member_add(struct conn *c)
{
    if (c->member)
        return;
    if (nmembers == members_cap)
        members = grow(members, (members_cap = members_cap * 2 + 64) * sizeof *members);
    c->member = c->answered = true;
    c->slot = nmembers;
    members[nmembers++] = c;
}

/* Sends one event packet to every client: one frame, built once. */
static void broadcast(const char *p, size_t n)
{
    static struct buf frame;
    static unsigned count;
    unsigned victim = fault && ++count % 500 == 0 && nmembers ? count / 500 % nmembers : ~0u;

    if (coalesce) {
        put_text(&casts, p, n);
        if (poll_casts.len)
            add(&poll_casts, "\x1e", 1);
        add(&poll_casts, p, n);
        return;
    }
    frame.len = 0;
    put_text(&frame, p, n);
    for (unsigned i = nmembers; i-- > 0;) {     /* downwards: closing one moves the last into its place */
        if (i == victim) {
            if (fault == 'd')
                continue;
            if (fault == 'c')
                frame.p[frame.len - 4] ^= 1;
            conn_write(members[i], frame.p, frame.len);
            if (fault == 'c')
                frame.p[frame.len - 4] ^= 1;
            else
                conn_write(members[i], frame.p, frame.len);
            continue;
        }
        conn_write(members[i], frame.p, frame.len);
    }
    for (unsigned i = 0; i < npollers; i++) {
        session_put(pollers[i], p, n);
        session_flush(pollers[i]);
    }
}

static void broadcast_flush(void)
{
    if (!casts.len)
        return;
    for (unsigned i = nmembers; i-- > 0;)
        conn_write(members[i], casts.p, casts.len);
    for (unsigned i = 0; i < npollers; i++) {
        session_put(pollers[i], poll_casts.p, poll_casts.len);
        session_flush(pollers[i]);
    }
    casts.len = poll_casts.len = 0;
}

#define STARTS(p, n, literal) ((n) >= sizeof(literal) - 1 && !memcmp(p, literal, sizeof(literal) - 1))

/* 42<id>["echo",<args>]  ->  43<id>[<args>]; done in place, returns the new length or 0. */
static size_t echo(char *p, size_t n)
{
    static unsigned count;
    size_t o = 2;
    while (o < n && p[o] >= '0' && p[o] <= '9')
        o++;
    if (o == 2 || !STARTS(p + o, n - o, "[\"echo\","))
        return 0;
    p[1] = '3';
    memmove(p + o + 1, p + o + 8, n - o - 8);
    if (fault == 'c' && ++count % 500 == 0)
        p[n - 7 - 4] ^= 1;
    return n - 7;
}

/* -------------------------------------------------------------------- WebSocket */

static void ws_message(struct conn *c, char *p, size_t n)
{
    if (STARTS(p, n, "42[\"chat message\",")) {
        broadcast(p, n);
    } else if (STARTS(p, n, "42")) {
        n = echo(p, n);
        if (n)
            put_text(&out, p, n);
    } else if (STARTS(p, n, "40")) {
        member_add(c);
        put_text(&out, "40{\"sid\":\"AAAAAAAAAAAAAAAAAAAA\"}", 30);
    } else if (n == 1 && *p == '3') {
        c->answered = true;
    } else if (STARTS(p, n, "2probe") && c->session) {
        put_text(&out, "3probe", 6);
        c->session->probing = true;
        if (c->session->get) {
            session_put(c->session, "6", 1);
            session_flush(c->session);
        }
    } else if (n == 1 && *p == '5' && c->session) {
        struct session *s = c->session;
        for (char *q = s->queue.p, *end = q + s->queue.len; q && q < end;) {
            char *stop = memchr(q, 0x1e, (size_t)(end - q));
            stop = stop ? stop : end;
            put_text(&out, q, (size_t)(stop - q));
            q = stop + 1;
        }
        session_end(s);
        member_add(c);
    }
}

static size_t ws_parse(struct conn *c, char *p, size_t n)
{
    size_t o = 0;
    while (!c->dead && n - o >= 6) {
        unsigned char *h = (unsigned char *)p + o;
        uint64_t len = h[1] & 127, wide, v;
        size_t head = len < 126 ? 2 : len == 126 ? 4 : 10, i = 0;
        if (n - o < head + 4)
            break;
        if (len == 126) {
            len = (uint64_t)h[2] << 8 | h[3];
        } else if (len == 127) {
            len = 0;
            for (int k = 0; k < 8; k++)
                len = len << 8 | h[2 + k];
        }
        if (len > 2u << 20) {
            conn_close(c);
            return 0;
        }
        if (n - o < head + 4 + len)
            break;
        uint32_t key;
        memcpy(&key, h + head, 4);
        wide = key | (uint64_t)key << 32;
        char *body = p + o + head + 4;
        for (; i + 8 <= len; i += 8) {
            memcpy(&v, body + i, 8);
            v ^= wide;
            memcpy(body + i, &v, 8);
        }
        for (; i < len; i++)
            body[i] ^= (char)(key >> 8 * (i & 3));
        o += head + 4 + (size_t)len;
        switch (h[0] & 15) {
        case 1:
            ws_message(c, body, (size_t)len);
            break;
        case 8:                 /* answer a close with a close, then be the first to hang up */
            out.len += frame_head(room(&out, 10), 0x88, 2);
            add(&out, "\x03\xe8", 2);
            if (!torture) {
                conn_write(c, out.p, out.len);
                out.len = 0;
                conn_close(c);
            }
            return o;
        case 9:
            out.len += frame_head(room(&out, (size_t)len + 10), 0x8a, (size_t)len);
            add(&out, body, (size_t)len);
            break;
        }
    }
    return o;
}

/* ------------------------------------------------------------------------- HTTP */

static char *header(char *p, char *end, const char *name)
{
    size_t n = strlen(name);
    for (char *line = p; (line = memmem(line, (size_t)(end - line), "\r\n", 2)); ) {
        line += 2;
        if ((size_t)(end - line) > n && !strncasecmp(line, name, n) && line[n] == ':') {
            line += n + 1;
            while (*line == ' ')
                line++;
            return line;
        }
    }
    return NULL;
}

static void poll_packet(struct session *s, char *p, size_t n)
{
    if (STARTS(p, n, "42[\"chat message\",")) {
        broadcast(p, n);
    } else if (STARTS(p, n, "42")) {
        n = echo(p, n);
        if (n)
            session_put(s, p, n);
    } else if (STARTS(p, n, "40")) {
        session_put(s, "40{\"sid\":\"AAAAAAAAAAAAAAAAAAAA\"}", 30);
    } else if (n == 1 && *p == '3') {
        s->answered = true;
    } else if (n == 1 && *p == '1') {
        s->alive = false;
    }
}

static size_t http_parse(struct conn *c, char *p, size_t n)
{
    char *end = memmem(p, n, "\r\n\r\n", 4), text[256], accept[29];
    if (!end || n < 16)
        return 0;
    end += 2;
    char *eol = memmem(p, n, "\r\n", 2);
    char *sid = memmem(p, (size_t)(eol - p), "sid=", 4);
    char *key = header(p, end, "Sec-WebSocket-Key");
    size_t done = (size_t)(end - p) + 2, length = 0;
    struct session *s = NULL;

    if (sid) {
        unsigned long index = strtoul(sid + 4, NULL, 16);
        s = index < nsessions ? sessions[index] : NULL;
        if (!s) {
            conn_write(c, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", 47);
            return done;
        }
    }
    if (key) {
        unsigned char digest[20];
        int k = snprintf(text, sizeof text, "%.24s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
        sha1(text, (size_t)k, digest);
        base64_20(digest, accept);
        out.len += (size_t)sprintf(room(&out, 512), "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                   "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accept);
        c->kind = WEBSOCKET;
        c->session = s;
        if (s) {
            if (s->ws)
                s->ws->session = NULL;
            s->ws = c;
        } else {
            k = snprintf(text, sizeof text, "0{\"sid\":\"AAAAAAAAAAAAAAAAAAAA\",\"upgrades\":[]%s", open_tail);
            put_text(&out, text, (size_t)k);
        }
        return done;
    }
    if (*p == 'P' && s) {
        char *l = header(p, end, "Content-Length");
        length = l ? strtoul(l, NULL, 10) : 0;
        if (n - done < length)
            return 0;
        for (char *q = p + done, *stop = q + length; q < stop;) {
            char *next = memchr(q, 0x1e, (size_t)(stop - q));
            next = next ? next : stop;
            poll_packet(s, q, (size_t)(next - q));
            q = next + 1;
        }
        respond(c, "ok", 2);
        session_flush(s);
        if (!s->alive)
            session_end(s);
        return done + length;
    }
    if (s) {                    /* a poll: answer now or hold it */
        if (s->get)
            s->get->session = NULL;
        s->get = c;
        c->session = s;
        if (s->probing && !s->queue.len)
            session_put(s, "6", 1);
        session_flush(s);
        return done;
    }
    s = session_new();
    int k = snprintf(text, sizeof text, "0{\"sid\":\"%08xzzzzzzzzzzzz\",\"upgrades\":[\"websocket\"]%s", s->index, open_tail);
    respond(c, text, (size_t)k);
    return done;
}

/* ---------------------------------------------------------------------- the loop */

static void conn_close(struct conn *c)
{
    if (c->dead)
        return;
    c->dead = true;
    close(c->fd);
    if (c->member) {
        members[c->slot] = members[--nmembers];
        members[c->slot]->slot = c->slot;
    }
    if (c->session && c->session->get == c)
        c->session->get = NULL;
    if (c->session && c->session->ws == c)
        c->session->ws = NULL;
    drop(&c->rx);
    drop(&c->tx);
    c->next_free = graveyard;   /* later events of this batch may still point here */
    graveyard = c;
}

static void conn_read(struct conn *c)
{
    static char scratch[SCRATCH];
    bool buffered = c->rx.len > 0;
    char *p = buffered ? room(&c->rx, SCRATCH) : scratch;
    ssize_t got = recv(c->fd, p, SCRATCH, 0);
    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR))
            conn_close(c);
        return;
    }
    size_t n = (size_t)got, done = 0, k;
    if (buffered) {
        n = c->rx.len += n;
        p = c->rx.p;
        c->rx = (struct buf){ 0 };      /* ours until put back: closing must not free it */
    }
    do {
        k = c->kind == WEBSOCKET ? ws_parse(c, p + done, n - done) : http_parse(c, p + done, n - done);
        done += k;
    } while (k && !c->dead && done < n);
    if (out.len) {
        size_t len = out.len;
        out.len = 0;
        conn_write(c, out.p, len);
    }
    if (!c->dead && done < n)
        add(&c->rx, p + done, n - done);
    if (buffered)
        free(p);
}

static void heartbeat(void)
{
    static struct buf ping;
    ping.len = 0;
    put_text(&ping, "2", 1);
    for (unsigned i = nmembers; i-- > 0;) {
        struct conn *c = members[i];
        if (!c->answered) {
            conn_close(c);
            continue;
        }
        c->answered = false;
        conn_write(c, ping.p, ping.len);
    }
    for (unsigned i = npollers; i-- > 0;) {
        struct session *s = pollers[i];
        if (!s->answered) {
            session_end(s);
            continue;
        }
        s->answered = false;
        session_put(s, "2", 1);
        session_flush(s);
    }
}

static uint64_t clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

int main(int argc, char **argv)
{
    static struct epoll_event events[1024];
    unsigned port = 0;
    int one = 1;

    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--coalesce")) coalesce = true;
        else if (!strcmp(argv[i], "--torture")) torture = true;
        else if (!strcmp(argv[i], "--ping-ms") && i + 1 < argc) ping_ms = (unsigned)atoi(argv[++i]);
        else if (!strcmp(argv[i], "--fault") && i + 1 < argc) fault = !strcmp(argv[++i], "dup") ? 'u' : argv[i][0];
        else port = (unsigned)atoi(argv[i]);
    }
    if (port == 0 || port > 65535 || ping_ms == 0) {
        fputs("usage: rawlimit PORT [--coalesce] [--ping-ms N] [--torture] [--fault drop|dup|corrupt]\n", stderr);
        return 2;
    }
    snprintf(open_tail, sizeof open_tail, ",\"pingInterval\":%u,\"pingTimeout\":20000,\"maxPayload\":1000000}", ping_ms);

    struct rlimit r;
    getrlimit(RLIMIT_NOFILE, &r);
    r.rlim_cur = r.rlim_max;
    setrlimit(RLIMIT_NOFILE, &r);

    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 4096) < 0)
        die("listen");
    ep = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event e = { .events = EPOLLIN, .data.ptr = NULL };
    epoll_ctl(ep, EPOLL_CTL_ADD, listener, &e);

    uint64_t next_ping = clock_ms() + ping_ms;
    for (;;) {
        uint64_t t = clock_ms();
        if (t >= next_ping) {
            heartbeat();
            next_ping = t + ping_ms;
        }
        int n = epoll_wait(ep, events, 1024, (int)(next_ping - t));
        for (int i = 0; i < n; i++) {
            struct conn *c = events[i].data.ptr;
            if (!c) {
                int fd;
                while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
                    c = calloc(1, sizeof *c);
                    if (!c)
                        die("calloc");
                    c->fd = fd;
                    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    e = (struct epoll_event){ .events = EPOLLIN, .data.ptr = c };
                    epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
                }
                continue;
            }
            if (!c->dead && events[i].events & EPOLLOUT)
                flush(c);
            if (!c->dead && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                conn_read(c);
        }
        if (coalesce)
            broadcast_flush();
        while (graveyard) {
            struct conn *c = graveyard;
            graveyard = c->next_free;
            free(c);
        }
    }
}
