/* SPDX-License-Identifier: MIT
 *
 * Tokens of texts: under one key, a text always becomes the same token, no two
 * texts become the same one, and a token has the form of its text.
 *
 *   digit         another digit
 *   A-Z, a-z      another letter; upper and lower case stay where they are,
 *                 and texts that differ only in them have tokens that do
 *   other letters one of the same alphabet (Latin-1, Latin Extended-A, Greek,
 *                 Cyrillic, Hebrew, Arabic, Devanagari, Thai, Hiragana,
 *                 Katakana, CJK, Hangul)
 *   other characters beyond ASCII: one of as many bytes of UTF-8
 *   other ASCII   stays
 *
 * A text that is a number ("-12", "3.50") becomes a number with as many digits:
 * its first digit becomes 0 only where it is the only one before the point; a
 * zero there and zeros at the end of a fraction stay.  A whole number that fits
 * an INT, an INT UNSIGNED, a BIGINT or a BIGINT UNSIGNED still does.
 *
 * HOW
 *
 * A Feistel network of ROUNDS rounds over the characters that change, of which
 * each is a number below the size of its alphabet.  They are cut into a left
 * and a right half; a round adds to each number of one half a number that
 * HMAC-SHA-256 makes of the round, of the alphabets and of the other half.
 * So does FF1 of NIST SP 800-38G, with AES and one large number for each half.
 * What is not a number in the range of before is encrypted again until it is
 * (cycle walking).
 */
#ifndef MASK_TOKENIZE_H
#define MASK_TOKENIZE_H

#include "base/buf.h"
#include "base/hmac.h"

struct tokenizer {
	struct hmac *hmac;              /* borrowed */
	struct symbol *symbols;         /* owned, kept from text to text */
	size_t cap;
	struct buf message;
};

/* Append the token of a text in UTF-8. */
void tokenize(struct tokenizer *t, struct span text, struct buf *out);

/* Is the text a number, as above? */
bool tokenize_is_number(struct span text);
void tokenize_clear(struct tokenizer *t);

#endif
