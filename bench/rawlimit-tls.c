/* rawlimit-tls - the floor over TLS 1.3: rawlimit.c with OpenSSL between it and the sockets.
 *
 *   rawlimit-tls PORT CERTIFICATE KEY
 *   GET  /x/<video>/...   opens a stream; POST /x/<video>  body = one comment, sent as "data: body\n\n"
 *
 * One thread, one epoll, one SSL_write() per viewer per comment.  A viewer speaks HTTP/1.1, or what is agreed on
 * by ALPN: HTTP/2, of which this knows only as much as src/LoadTester sends (a :path without Huffman, one stream,
 * a window that is larger than the run).  A viewer whose socket is full is dropped.  Not a server, only what
 * OpenSSL and one machine's sockets cost.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQ 65536
#define MAXBODY 8192

struct conn {
    int fd, open, h2, preface;
    SSL *ssl;
    struct video *video;
    unsigned slot, have;
    char *buf;
    struct conn *next;
};
struct video { char name[64]; struct conn **v; unsigned n, cap; struct video *next; };

static struct video *videos[4096];
static int ep, listener;
static SSL_CTX *tls;
static struct conn *dead;               /* freed after the round: epoll may still name them */

static struct video *find(const char *s, size_t n)
{
    unsigned h = 5381;
    if (n > 63) n = 63;
    for (size_t i = 0; i < n; i++) h = h * 33 + (unsigned char)s[i];
    struct video **p = &videos[h % 4096];
    while (*p && (strncmp((*p)->name, s, n) || (*p)->name[n])) p = &(*p)->next;
    if (!*p) {
        *p = calloc(1, sizeof **p);
        memcpy((*p)->name, s, n);
    }
    return *p;
}
static void drop(struct conn *c)
{
    struct video *v = c->video;
    if (c->fd < 0) return;
    if (v) {
        v->v[c->slot] = v->v[--v->n];
        v->v[c->slot]->slot = c->slot;
    }
    SSL_free(c->ssl);
    close(c->fd);
    c->fd = -1, c->next = dead, dead = c;
}
static void put(struct conn *c, const void *p, size_t n)
{
    if (SSL_write(c->ssl, p, (int)n) != (int)n) {
        ERR_clear_error();
        drop(c);
    }
}
static void comment(struct video *v, const char *body, size_t n)
{
    static char frame[9 + MAXBODY + 8];  /* HTTP/2 has nine bytes before the event, HTTP/1.1 none */
    char *event = frame + 9;
    size_t all = n + 8;
    memcpy(event, "data: ", 6);
    memcpy(event + 6, body, n);
    memcpy(event + 6 + n, "\n\n", 2);
    memcpy(frame, (char[9]){(char)(all >> 16), (char)(all >> 8), (char)all, 0, 0, 0, 0, 0, 1}, 9);
    for (unsigned i = v->n; i-- > 0;) {
        struct conn *c = v->v[i];
        if (c->h2) put(c, frame, all + 9);
        else put(c, event, all);
    }
}
static void watch(struct conn *c, struct video *v)
{
    if (v->n == v->cap) v->v = realloc(v->v, (v->cap = v->cap ? v->cap * 2 : 8) * sizeof *v->v);
    c->video = v, c->slot = v->n, v->v[v->n++] = c;
}
static struct video *named(const char *path, size_t n)   /* the second segment of a path, or NULL */
{
    const char *name = memchr(path + 1, '/', n - 1);
    return name ? find(name + 1, strcspn(name + 1, "/? ")) : NULL;
}
/* one request at the start of the buffer: how many bytes it took, 0 if incomplete, -1 to close */
static long request(struct conn *c)
{
    static const char ok[] = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", ready[] = "HTTP/1.1 204 Ready\r\n\r\n";
    static const char stream[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n\r\n";
    char *b = c->buf, *end = memmem(b, c->have, "\r\n\r\n", 4), *path;
    if (!end) return c->have == REQ ? -1 : 0;
    end[2] = 0;                          /* for strstr; the last header line keeps its CRLF */
    size_t head = (size_t)(end - b) + 4, body = 0;
    char *cl = strcasestr(b, "\r\ncontent-length:");
    if (cl) body = strtoul(cl + 17, NULL, 10);
    end[2] = '\r';
    if (body > MAXBODY || !(path = memchr(b, '/', head))) return -1;
    if (c->have < head + body) return 0;
    struct video *v = named(path, strcspn(path, " "));
    if (!v) put(c, ready, sizeof ready - 1);
    else if (strncmp(b, "GET ", 4)) {
        put(c, ok, sizeof ok - 1);
        comment(v, b + head, body);
    } else {
        watch(c, v);
        put(c, stream, sizeof stream - 1);
    }
    return (long)(head + body);
}
/* the same for one frame of HTTP/2 */
static long frame(struct conn *c)
{
    static const unsigned char ack[9] = {0, 0, 0, 4, 1}, settings[9] = {0, 0, 0, 4};
    static const unsigned char head[] = "\0\0\x15\1\4\0\0\0\1\x88\x0f\x10\x11text/event-stream";   /* 200 and the type */
    unsigned char *b = (unsigned char *)c->buf;
    if (!c->preface) {
        if (c->have < 24) return 0;
        put(c, settings, 9);
        return c->preface = 24;
    }
    if (c->have < 9) return 0;
    long n = 9 + (b[0] << 16 | b[1] << 8 | b[2]);
    if (n > REQ) return -1;
    if (c->have < n) return 0;
    if (b[3] == 4 && !(b[4] & 1)) put(c, ack, 9);
    if (b[3] == 1 && !c->video) {
        unsigned char *path = memmem(b + 9, (size_t)n - 9, "/comments/", 10);
        struct video *v = path ? named((char *)path, path[-1]) : NULL;
        if (!v) return -1;
        watch(c, v);
        put(c, head, sizeof head - 1);
    }
    return n;
}
static void readable(struct conn *c)
{
    if (!c->open) {
        int k = SSL_accept(c->ssl);
        if (k <= 0) {
            if (SSL_get_error(c->ssl, k) != SSL_ERROR_WANT_READ) drop(c);
            ERR_clear_error();
            return;
        }
        const unsigned char *protocol;
        unsigned length;
        SSL_get0_alpn_selected(c->ssl, &protocol, &length);
        c->open = 1, c->h2 = length == 2;
    }
    if (!c->buf) c->buf = malloc(REQ);
    for (int k; c->fd >= 0; ) {
        if ((k = SSL_read(c->ssl, c->buf + c->have, (int)(REQ - c->have))) <= 0) {
            if (SSL_get_error(c->ssl, k) != SSL_ERROR_WANT_READ) drop(c);
            ERR_clear_error();
            break;
        }
        c->have += (unsigned)k;
        for (long used; c->fd >= 0 && c->have && (used = c->h2 ? frame(c) : request(c)) != 0;) {
            if (used < 0) { drop(c); break; }
            memmove(c->buf, c->buf + used, c->have -= (unsigned)used);
        }
    }
    if (!c->have) free(c->buf), c->buf = NULL;
}
static int choose(SSL *s, const unsigned char **out, unsigned char *length, const unsigned char *in, unsigned n, void *arg)
{
    static const unsigned char known[] = "\2h2\10http/1.1";
    (void)s, (void)arg;
    return SSL_select_next_proto((unsigned char **)out, length, known, sizeof known - 1, in, n) == OPENSSL_NPN_NEGOTIATED
        ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}
int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "rawlimit-tls PORT CERTIFICATE KEY\n");
        return 2;
    }
    struct rlimit rl;
    getrlimit(RLIMIT_NOFILE, &rl);
    rl.rlim_cur = rl.rlim_max;
    setrlimit(RLIMIT_NOFILE, &rl);
    signal(SIGPIPE, SIG_IGN);
    tls = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_min_proto_version(tls, TLS1_3_VERSION);
    SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(tls, choose, NULL);
    if (SSL_CTX_use_certificate_chain_file(tls, argv[2]) != 1 || SSL_CTX_use_PrivateKey_file(tls, argv[3], SSL_FILETYPE_PEM) != 1) {
        ERR_print_errors_fp(stderr);
        return 1;
    }
    int one = 1;
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1])),
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (void *)&a, sizeof a) || listen(listener, 4096)) { perror("listen"); return 1; }
    ep = epoll_create1(0);
    struct epoll_event ev[256], e = {.events = EPOLLIN};
    epoll_ctl(ep, EPOLL_CTL_ADD, listener, &e);
    for (;;) {
        int n = epoll_wait(ep, ev, 256, -1);
        for (int i = 0; i < n; i++) {
            struct conn *old = ev[i].data.ptr;
            if (old) { if (old->fd >= 0) readable(old); continue; }
            for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
                struct conn *c = calloc(1, sizeof *c);
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                c->fd = fd, c->ssl = SSL_new(tls);
                SSL_set_fd(c->ssl, fd);
                e = (struct epoll_event){.events = EPOLLIN, .data.ptr = c};
                epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
            }
        }
        for (struct conn *c; (c = dead); free(c->buf), free(c)) dead = c->next;
    }
}
