/* SPDX-License-Identifier: MIT */
#include "post/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/alloc.h"
#include "base/integer.h"

#ifdef HAVE_LIBCURL
#include <curl/curl.h>

enum {
	ANSWER_LIMIT = 64 << 20,        /* bytes of an answer */
	CONNECT_MS = 10000,
	RETRY_LIMIT = 3600,     /* seconds of Retry-After that are believed */
};

struct request {
	CURL *curl;
	struct curl_slist *headers;
	struct buf auth;        /* a header: kept from request to request */
	struct buf body;        /* of the answer */
	bool too_long;
	int64_t retry_ms;
	char error[CURL_ERROR_SIZE];
};

int
request_check(const char *url, struct err *err)
{
	CURLU *parts;
	char *user = NULL, *password = NULL, *scheme = NULL;
	bool good;

	curl_global_init(CURL_GLOBAL_DEFAULT);
	parts = curl_url();
	good = curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
	if (!good)
		err_set(err, ERR_USAGE, "'%s' is not an http:// or https:// "
		    "URL", url);
	curl_url_get(parts, CURLUPART_USER, &user, 0);
	curl_url_get(parts, CURLUPART_PASSWORD, &password, 0);
	if (good && (user || password)) {
		err_set(err, ERR_USAGE, "a password in the URL can be read by "
		    "others");
		err_hint(err, "--basic FILE reads NAME:PASSWORD from a file");
	}
	curl_free(scheme);
	curl_free(user);
	curl_free(password);
	curl_url_cleanup(parts);
	return err->kind ? -1 : 0;
}

static size_t
take_body(char *p, size_t size, size_t n, void *arg)
{
	struct request *r = arg;

	if (r->body.n + size * n > ANSWER_LIMIT) {
		r->too_long = true;
		return 0;
	}
	buf_put(&r->body, p, size * n);
	return size * n;
}

/* Retry-After: seconds, or a date. */
static int64_t
retry_after(struct span value)
{
	char text[64] = "";
	uint64_t s;
	time_t at, now = time(NULL);

	while (value.n && one_of(value.p[0], " \t"))
		value = (struct span){ value.p + 1, value.n - 1 };
	while (value.n && one_of(value.p[value.n - 1], " \t\r\n"))
		value.n--;
	if (value.n >= sizeof(text))
		return 0;
	memcpy(text, value.p, value.n);
	if (!integer_read(value, UINT32_MAX, &s)) {
		at = curl_getdate(text, NULL);
		s = at > now ? (uint64_t)(at - now) : 0;
	}
	return (int64_t)(s > RETRY_LIMIT ? RETRY_LIMIT : s) * 1000;
}

static size_t
take_header(char *p, size_t size, size_t n, void *arg)
{
	static const char name[] = "retry-after:";
	struct request *r = arg;
	struct span line = { p, size * n };

	if (line.n > sizeof(name) && strncasecmp(p, name,
	    sizeof(name) - 1) == 0)
		r->retry_ms = retry_after(span_between(p + sizeof(name) - 1,
		    p + line.n));
	return line.n;
}

static void
set_options(struct request *r, const struct request_options *opt)
{
	CURL *c = r->curl;

	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_USERAGENT, "cdc-post/" PACKAGE_VERSION);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, r->error);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, r);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, r);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(c, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)opt->timeout_ms);
	if (opt->cacert)
		curl_easy_setopt(c, CURLOPT_CAINFO, opt->cacert);
	if (opt->cert)
		curl_easy_setopt(c, CURLOPT_SSLCERT, opt->cert);
	if (opt->key)
		curl_easy_setopt(c, CURLOPT_SSLKEY, opt->key);
	if (opt->bearer.n) {
		buf_str(&r->auth, "Authorization: Bearer ");
		buf_span(&r->auth, opt->bearer);
		buf_cstr(&r->auth);
	}
	if (opt->basic.n) {
		struct buf both = { 0 };

		buf_span(&both, opt->basic);
		curl_easy_setopt(c, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
		curl_easy_setopt(c, CURLOPT_USERPWD, buf_cstr(&both));
		buf_free(&both);
	}
}

struct request *
request_new(const struct request_options *opt, struct err *err)
{
	struct request *r = xcalloc(1, sizeof(*r));

	r->curl = curl_easy_init();
	if (!r->curl) {
		free(r);
		err_set(err, ERR_OS, "libcurl has no memory");
		return NULL;
	}
	set_options(r, opt);
	return r;
}

void
request_free(struct request *r)
{
	if (!r)
		return;
	curl_slist_free_all(r->headers);
	curl_easy_cleanup(r->curl);
	buf_free(&r->auth);
	buf_free(&r->body);
	free(r);
}

void
request_header(struct request *r, const char *line)
{
	r->headers = curl_slist_append(r->headers, line);
}

/* Will another attempt end in the same way? */
static bool
is_lasting(CURLcode code)
{
	static const CURLcode lasting[] = {
		CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT,
		CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
		CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE,
		CURLE_SSL_ISSUER_ERROR, CURLE_BAD_FUNCTION_ARGUMENT,
	};

	for (size_t i = 0; i < sizeof(lasting) / sizeof(*lasting); i++)
		if (code == lasting[i])
			return true;
	return false;
}

int
request_post(struct request *r, const char *url, struct span body,
    struct reply *reply, struct err *err)
{
	CURLcode code;

	r->body.n = 0;
	r->too_long = false;
	r->retry_ms = 0;
	r->error[0] = '\0';
	if (r->auth.n)
		request_header(r, r->auth.p);
	request_header(r, "Expect:");   /* no round trip for large bodies */
	curl_easy_setopt(r->curl, CURLOPT_URL, url);
	curl_easy_setopt(r->curl, CURLOPT_HTTPHEADER, r->headers);
	curl_easy_setopt(r->curl, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)body.n);
	curl_easy_setopt(r->curl, CURLOPT_POSTFIELDS, body.n ? body.p : "");
	code = curl_easy_perform(r->curl);
	curl_slist_free_all(r->headers);
	r->headers = NULL;
	if (r->too_long)
		return err_set(err, ERR_CONFIG, "%s: its answer has more than "
		    "%d bytes", url, ANSWER_LIMIT);
	if (code != CURLE_OK)
		return err_set(err, is_lasting(code) ? ERR_CONFIG :
		    ERR_UNAVAILABLE, "%s: %s", url, r->error[0] ? r->error :
		    curl_easy_strerror(code));
	curl_easy_getinfo(r->curl, CURLINFO_RESPONSE_CODE, &reply->status);
	reply->retry_ms = r->retry_ms;
	reply->body = buf_view(&r->body);
	return 0;
}

#else

int
request_check(const char *url, struct err *err)
{
	(void)url;
	err_set(err, ERR_CONFIG, "this program was built without libcurl");
	return err_hint(err, "install libcurl4-openssl-dev, and configure and "
	    "make it again");
}

struct request *
request_new(const struct request_options *opt, struct err *err)
{
	(void)opt;
	request_check("", err);
	return NULL;
}

void
request_free(struct request *r)
{
	(void)r;
}

void
request_header(struct request *r, const char *line)
{
	(void)r;
	(void)line;
}

int
request_post(struct request *r, const char *url, struct span body,
    struct reply *reply, struct err *err)
{
	(void)r;
	(void)body;
	(void)reply;
	return request_check(url, err);
}

#endif
