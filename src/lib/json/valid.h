/* SPDX-License-Identifier: MIT
 *
 * RFC 8259 exactly, byte by byte; outline.h is the fast way.
 */
#ifndef JSON_VALID_H
#define JSON_VALID_H

#include "json/outline.h"
#include "json/scan.h"

/* Is the text JSON (outline.h)?  Marks names and brackets in blocks, which
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
