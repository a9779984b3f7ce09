/* SPDX-License-Identifier: MIT */
#include "post/post.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/hash.h"
#include "format/filled.h"
#include "io/secret.h"
#include "post/es_answer.h"
#include "post/request.h"
#include "post/webhook.h"

enum { SHOWN = 160 };

/* URL and headers of a record, each with a NUL after it; n == 0: not made yet.
 */
struct address {
	size_t at, n;
	uint64_t hash;
};

struct post_lane {
	const struct post_options *opt;
	struct request *request;
	struct webhook *webhook;        /* NULL: not signed */
	struct filled *url;
	struct filled **headers;        /* one for each of opt->headers */
	bool varies;            /* they differ from record to record */
	struct record rec;      /* the one that was read last */
	struct buf addresses;     /* URLs and headers, … */
	struct address *of;      /* … of each record of the batch; where they
	                         * do not vary, of the first alone */
	size_t of_cap;
	struct buf body;
	size_t *places, *actions;       /* records of the request, n */
	size_t n, cap, actions_cap;
};

/* ---- options */

int
post_add_header(struct post_texts *headers, const char *text, struct err *err)
{
	const char *colon = strchr(text, ':');

	if (!colon || colon == text || strpbrk(text, "\r\n"))
		return err_set(err, ERR_USAGE, "'%s' is not 'Name: value'",
		    text);
	*ARRAY_ADD(headers->v, headers->n) = text;
	return 0;
}

static int
check_per(const struct post_options *opt, struct err *err)
{
	if (opt->array && opt->body.opt.to >= 0)
		return err_set(err, ERR_USAGE, "--array has records as they "
		    "came: not with --to");
	if (!opt->bulk && opt->body.opt.to == format_place("es-bulk"))
		return err_set(err, ERR_USAGE, "--to es-bulk needs --bulk, "
		    "which sees the failures of single documents");
	if (opt->bulk && opt->body.opt.to != format_place("es-bulk"))
		return err_set(err, ERR_USAGE, "--bulk sends --to es-bulk, and "
		    "nothing else");
	if (opt->bulk && opt->per == POST_RECORD)
		return err_set(err, ERR_USAGE, "--bulk has many records in a "
		    "request: not with --per record");
	return delivery_check(&opt->delivery, err);
}

int
post_check(struct post_options *opt, struct err *err)
{
	struct filled *url;
	int status;

	if (!opt->url)
		return err_set(err, ERR_USAGE, "no URL: cdc-post [options] "
		    "URL");
	if (opt->bearer && opt->basic)
		return err_set(err, ERR_USAGE, "--bearer and --basic are two "
		    "ways to say who it is: choose one");
	url = filled_new(opt->url, "the URL", opt->delivery.shape, err);
	if (!url)
		return -1;
	status = filled_is_all(url, "url") ? 0 : err_set(err, ERR_USAGE,
	    "a placeholder in the URL needs |url: {source.table|url}");
	filled_free(url);
	if (status < 0 || check_per(opt, err) < 0)
		return -1;
	return strpbrk(opt->url, "{}") ? 0 : request_check(opt->url, err);
}

/* ---- lanes */

static int
open_secrets(struct post_lane *l, struct err *err)
{
	const struct post_options *opt = l->opt;
	struct buf bearer = { 0 }, basic = { 0 }, sign = { 0 };
	struct request_options r = { .cacert = opt->cacert, .cert = opt->cert,
		.key = opt->key, .timeout_ms = opt->timeout_ms };

	if ((opt->bearer && secret_read(&bearer, opt->bearer, "--bearer", 1,
	    err) < 0) || (opt->basic && secret_read(&basic, opt->basic,
	    "--basic", 1, err) < 0) || (opt->sign && secret_read(&sign,
	    opt->sign, "--sign", 1, err) < 0))
		return -1;
	r.bearer = buf_view(&bearer);
	r.basic = buf_view(&basic);
	l->request = request_new(&r, err);
	if (opt->sign && l->request)
		l->webhook = webhook_new(buf_view(&sign), err);
	secret_clear(&bearer);
	secret_clear(&basic);
	secret_clear(&sign);
	return err->kind ? -1 : 0;
}

static int
open_texts(struct post_lane *l, struct err *err)
{
	const struct post_options *opt = l->opt;

	l->url = filled_new(opt->url, "the URL", opt->delivery.shape, err);
	if (!l->url)
		return -1;
	l->varies = filled_varies(l->url);
	l->headers = xcalloc(opt->headers.n + 1, sizeof(*l->headers));
	for (size_t i = 0; i < opt->headers.n; i++) {
		l->headers[i] = filled_new(opt->headers.v[i], "a header",
		    opt->delivery.shape, err);
		if (!l->headers[i])
			return -1;
		l->varies |= filled_varies(l->headers[i]);
	}
	return 0;
}

static int
close_lane(void *lane, bool well, struct err *err)
{
	struct post_lane *l = lane;

	(void)well;
	(void)err;
	request_free(l->request);
	webhook_free(l->webhook);
	filled_free(l->url);
	for (size_t i = 0; l->headers && i < l->opt->headers.n; i++)
		filled_free(l->headers[i]);
	free(l->headers);
	record_clear(&l->rec);
	buf_free(&l->addresses);
	free(l->of);
	buf_free(&l->body);
	free(l->places);
	free(l->actions);
	free(l);
	return 0;
}

static void *
open_lane(void *options, unsigned lane, struct err *err)
{
	const struct post_options *opt = options;
	struct post_lane *l = xcalloc(1, sizeof(*l));

	(void)lane;
	l->opt = opt;
	l->rec.shape = (enum record_shape)opt->delivery.shape;
	if (open_secrets(l, err) == 0 && open_texts(l, err) == 0)
		return l;
	close_lane(l, false, err);
	return NULL;
}

/* ---- a request */

static int
read_record(struct post_lane *l, struct sink_batch *b, size_t i,
    struct err *err)
{
	struct line line = sink_line(b, i);

	return record_scan(&l->rec, &line, err);
}

/* Append those of the record in hand. */
static int
put_address(struct post_lane *l, struct err *err)
{
	const char *text = filled_of(l->url, &l->rec, err);

	for (size_t i = 0; text; i++) {
		buf_put(&l->addresses, text, strlen(text) + 1);
		if (i == l->opt->headers.n)
			return 0;
		text = filled_of(l->headers[i], &l->rec, err);
		if (text && strpbrk(text, "\r\n")) {
			record_fault(&l->rec, "a value for a header has more "
			    "than one line", err);
			text = NULL;
		}
	}
	return -1;
}

/* Those of a record, which are made once for each batch; -1, and it is at
 * fault. */
static int
find_address(struct post_lane *l, struct sink_batch *b, size_t i,
    const struct address **address, struct err *err)
{
	struct address *t = &l->of[l->varies ? i : 0];
	size_t at = l->addresses.n;

	*address = t;
	if (t->n)
		return 0;
	if ((l->varies && read_record(l, b, i, err) < 0) ||
	    put_address(l, err) < 0) {
		l->addresses.n = at;
		b->fault = i + 1;
		return -1;
	}
	*t = (struct address){ .at = at, .n = l->addresses.n - at };
	t->hash = hash_span((struct span){ l->addresses.p + at, t->n },
	    hash_seed());
	return 0;
}

static bool
is_same(const struct post_lane *l, const struct address *x,
    const struct address *y)
{
	return x == y || (x->hash == y->hash && x->n == y->n &&
	    memcmp(l->addresses.p + x->at, l->addresses.p + y->at, x->n) == 0);
}

/* Another batch, or what is left of it. */
static void
forget_addresses(struct post_lane *l, const struct sink_batch *b)
{
	size_t n = l->varies ? b->n : 1;

	while (l->of_cap < n)
		l->of = array_double(l->of, &l->of_cap, sizeof(*l->of));
	memset(l->of, 0, n * sizeof(*l->of));
	l->addresses.n = 0;
}

static void
add(struct post_lane *l, struct sink_batch *b, size_t i)
{
	size_t from = l->body.n;

	if (l->opt->array) {
		buf_char(&l->body, l->n ? ',' : '[');
		buf_span(&l->body, sink_line(b, i).text);
	} else {
		sink_body(b, i, &l->body);
	}
	*ARRAY_PUSH(l->places, l->n, l->cap) = i;
	if (!l->opt->bulk)
		return;
	while (l->actions_cap < l->cap)
		l->actions = array_double(l->actions, &l->actions_cap,
		    sizeof(*l->actions));
	l->actions[l->n - 1] = es_answer_actions(
	    span_between(l->body.p + from, l->body.p + l->body.n));
}

/* The next request of a batch: 1, 0, -1. */
static int
fill(struct post_lane *l, struct sink_batch *b, const struct address **address,
    struct err *err)
{
	const struct address *other;
	size_t i = 0;

	l->n = l->body.n = 0;
	if (!sink_next(b, &i))
		return 0;
	if (find_address(l, b, i, address, err) < 0)
		return -1;
	add(l, b, i);
	while (l->opt->per != POST_RECORD && (i++, sink_next(b, &i))) {
		if (find_address(l, b, i, &other, err) < 0)
			return -1;
		if (is_same(l, *address, other))
			add(l, b, i);
	}
	if (l->opt->array)
		buf_char(&l->body, ']');
	else if (l->opt->per == POST_RECORD && l->body.n &&
	    l->opt->body.opt.to < 0)
		l->body.n--;    /* one JSON text, and no line */
	return 1;
}

static const char *
content_type(const struct post_options *opt)
{
	int to = opt->body.opt.to;

	if (opt->content_type)
		return opt->content_type;
	if (to >= 0 && strcmp(format_names[to], "cloudevents") == 0)
		return opt->per == POST_RECORD ? "application/cloudevents+json"
		    : "application/x-ndjson";
	return opt->array || (opt->per == POST_RECORD && to < 0) ?
	    "application/json" : "application/x-ndjson";
}

/* What an answer means for all records of a request. */
static int
judge(struct sink_batch *b, const struct reply *a, const char *url,
    struct err *err)
{
	static const struct {
		long from, to;
		enum err_kind kind;
	} meanings[] = {
		{ 200, 299, ERR_NONE },
		{ 408, 408, ERR_RETRY }, { 425, 425, ERR_RETRY },
		{ 429, 429, ERR_RETRY }, { 500, 599, ERR_RETRY },
		{ 400, 400, ERR_DATA }, { 409, 409, ERR_DATA },
		{ 413, 413, ERR_DATA }, { 415, 415, ERR_DATA },
		{ 422, 422, ERR_DATA },
	};
	enum err_kind kind = ERR_CONFIG;

	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
		if (a->status >= meanings[i].from &&
		    a->status <= meanings[i].to)
			kind = meanings[i].kind;
	b->wait_ms = a->retry_ms;
	if (kind == ERR_NONE)
		return 0;
	return err_set(err, kind, "%s answered %ld%s%.*s%s", url, a->status,
	    a->body.n ? ": " : "", SPAN_SHOWN(a->body, SHOWN));
}

static int
send(struct post_lane *l, struct sink_batch *b, const struct address *address,
    struct err *err)
{
	const char *url = l->addresses.p + address->at;
	const char *header = url + strlen(url) + 1;
	struct buf type = { 0 };
	struct reply reply;

	for (size_t i = 0; i < l->opt->headers.n; i++) {
		request_header(l->request, header);
		header += strlen(header) + 1;
	}
	buf_printf(&type, "Content-Type: %s", content_type(l->opt));
	request_header(l->request, buf_cstr(&type));
	buf_free(&type);
	if (l->webhook && read_record(l, b, l->places[0], err) < 0)
		return -1;
	if (l->webhook)
		webhook_sign(l->webhook, l->request, &l->rec, l->n,
		    buf_view(&l->body));
	if (request_post(l->request, url, buf_view(&l->body), &reply,
	    err) < 0 || judge(b, &reply, url, err) < 0)
		return -1;
	if (l->opt->bulk)
		return es_answer_judge(b, l->places, l->actions, l->n,
		    reply.body, err);
	for (size_t i = 0; i < l->n; i++)
		sink_done(b, l->places[i]);
	return 0;
}

static int
put(void *lane, struct sink_batch *b, struct err *err)
{
	struct post_lane *l = lane;
	const struct address *address;
	int got;

	forget_addresses(l, b);
	while ((got = fill(l, b, &address, err)) > 0)
		if (send(l, b, address, err) < 0) {
			b->fault = l->n == 1 ? l->places[0] + 1 : 0;
			return -1;
		}
	return got;
}

const struct sink post_sink = { open_lane, put, close_lane };
