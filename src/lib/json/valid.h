/* SPDX-License-Identifier: MIT
 *
 * What JSON is, byte by byte; outline.h is the fast way.
 *
 * JSON is RFC 8259 here, in UTF-8, nested at most JSON_DEPTH deep, without
 * halves of surrogate pairs, which stand for no character.
 */
#ifndef JSON_VALID_H
#define JSON_VALID_H

#include <stdbool.h>
#include <stdint.h>

#include "json/pos.h"

enum { JSON_DEPTH = 512 };

/* Of 64 bytes of the text, a bit for each, the first byte's lowest: the
 * quotes that open a member's name, and brackets, those in strings not. */
struct outline_block {
	uint64_t names, brackets;
};

/* Is the text one JSON value?  And can it become
 * part of a record, which others must read, too? */
bool json_valid(struct span text);
bool json_embeddable(struct span text);

/* What becomes of a JSON column's text where JSON is part of the record?  null
 * would be no value, and what MariaDB takes for JSON and RFC 8259 does not (1.,
 * "\x") would be no JSON: these stay texts, in a string.  So does a JSON string
 * that holds such a text: one string more in each. */
enum json_fate { JSON_EMBEDS, JSON_STAYS_TEXT, JSON_IS_NONE };

enum json_fate json_fate(struct span text);

/* Is the text JSON?  Marks names and brackets in blocks, which
 * are zero before; NULL: nowhere. */
bool json_judge(struct span text, struct outline_block *blocks);

/* The first byte, from 1, that no JSON has there, and why; 0: it is JSON. */
size_t json_fault(struct span text, const char **why);

/* Over a number, true, false or null. */
bool json_scalar(struct json_pos *at);

/* May the byte be part of such a word?  (outline.h takes every byte outside of
 * strings that is no sign for one.) */
bool json_in_word(char c);

/* Over an escape, at->p after its backslash; both halves of a pair. */
bool json_escape(struct json_pos *at);

/* Of such, \uNNNN alone, at->p after the 'u': what it stands for. */
bool json_unicode(struct json_pos *at, uint32_t *code);

#endif
