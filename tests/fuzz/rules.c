/* SPDX-License-Identifier: MIT
 *
 * What cdc-mask and cdc-outbox read as options, and texts that they change: a
 * rule (its kind in the first byte), a file of rules, placements, a statement,
 * a tracing context.  A token is UTF-8, as long as its text, and always the
 * same.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hmac.h"
#include "json/write.h"
#include "mask/mask_rules.h"
#include "mask/masker_ddl.h"
#include "mask/tokenize.h"
#include "outbox/placement.h"
#include "outbox/tracing.h"

static void
check(bool good)
{
	if (!good)
		abort();
}

static void
read_rules(enum mask_kind kind, const char *text, struct span bytes)
{
	struct mask_rules rules = { 0 };
	struct err err = { 0 };

	if (mask_rules_add(&rules, kind, text, &err) == 0 &&
	    mask_rules_arm(&rules, SPAN("salt"), &err) == 0) {
		mask_rules_find(&rules, bytes, SPAN("t"), SPAN("c"));
		mask_rules_find(&rules, SPAN("d"), SPAN("t"), bytes);
		mask_rules_may_mask(&rules, bytes, SPAN("t"));
	}
	err_clear(&err);
	mask_rules_read(&rules, fuzz_file((const uint8_t *)bytes.p, bytes.n),
	    &err);
	mask_rules_clear(&rules);
}

static void
make_tokens(struct span text)
{
	struct err err = { 0 };
	struct tokenizer t = { .hmac = hmac_new(SPAN("0123456789abcdef"),
	    &err) };
	struct buf one = { 0 }, two = { 0 };

	if (json_utf8_valid(text) && text.n < 4096) {
		tokenize(&t, text, &one);
		tokenize(&t, text, &two);
		check(one.n == text.n && span_eq(buf_view(&one),
		    buf_view(&two)) && json_utf8_valid(buf_view(&one)));
		check(tokenize_is_number(text) ==
		    tokenize_is_number(buf_view(&one)));
	}
	hmac_free(t.hmac);
	tokenize_clear(&t);
	buf_free(&one);
	buf_free(&two);
}

static void
read_placements(const char *text, struct span bytes)
{
	struct placements placements = { 0 };
	struct err err = { 0 };
	struct buf value = { 0 };

	if (placements_add(&placements, text, &err) == 0)
		placements_check(&placements, &err);
	placements_clear(&placements);
	if (tracing_property(bytes, "traceparent", &value))
		tracing_is_parent(buf_view(&value));
	buf_free(&value);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span bytes = { (const char *)data + 1, size - 1 };
	char *text;

	if (size == 0)
		return 0;
	text = xmemdup(bytes.p, bytes.n);
	read_rules(data[0] % MASK_KINDS, text, bytes);
	make_tokens(bytes);
	masker_ddl_read(bytes, data[0] & 1 ? 4 : 0);
	read_placements(text, bytes);
	free(text);
	return 0;
}
