/* SPDX-License-Identifier: MIT
 *
 * From a value of JSON to what is printed in its place.
 */
#ifndef MASK_MASK_VALUE_H
#define MASK_MASK_VALUE_H

#include "base/hmac.h"
#include "mask/mask_rules.h"
#include "mask/tokenize.h"

/* What it needs; zero at first but for hmac. */
struct mask_values {
	struct hmac *hmac;      /* of the key, borrowed; NULL: there is none */
	struct tokenizer tokenizer;
	struct mask_answer *answers;    /* to values that came before */
	struct buf text, becomes, scratch;
};

enum { MASK_HEX_EMAIL = 24 };   /* digits of an address */

/* Append what becomes of a value, as JSON; a hash has at most `limit` digits,
 * or (0) all.  NULL; or why nothing becomes of it. */
const char *mask_value(struct mask_values *m, const struct mask_rule *rule,
    uint64_t limit, struct span value, struct buf *out);
void mask_values_clear(struct mask_values *m);

#endif
