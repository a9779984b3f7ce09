/* SPDX-License-Identifier: MIT
 *
 * An image: null bits of the columns present, then the values that are not
 * null, one after the other.
 */
#include "print/row_image.h"

#include <stdlib.h>

#include "base/alloc.h"

static inline bool
bit_of(const uint8_t *bits, size_t i)
{
	return bits[i / 8] >> i % 8 & 1;
}

static int
bad_value(const struct image_layout *layout, size_t i,
    const struct cursor *in, struct err *err)
{
	const struct column *col = &layout->table->columns[i];
	const char *why = !col->print ? col->refused :
	    in->why ? in->why : "the row is cut short";

	err_set(err, ERR_DATA, "column %zu (%.*s): %s: %s", i + 1,
	    (int)col->name.n, col->name.p, value_type(col->type)->name, why);
	if (!col->print)
		err_hint(err, "leave the table out (--exclude-table) to go "
		    "on without it");
	return -1;
}

/* Room for n places, all of them nowhere. */
static void
reset_places(struct value_place **places, size_t *cap, size_t n)
{
	if (*cap < n) {
		*places = xreallocarray(*places, n, sizeof(**places));
		*cap = n;
	}
	for (size_t i = 0; i < n; i++)
		(*places)[i] = (struct value_place){ 0 };
}

static void
prepare(struct row_image *image, const struct image_layout *layout)
{
	image->json.n = 0;
	reset_places(&image->parts, &image->parts_cap, layout->table->nkey);
	if (layout->completes)
		reset_places(&image->columns, &image->columns_cap,
		    layout->table->ncolumns);
}

static inline void
note_place(struct row_image *image, const struct image_layout *layout, size_t i,
    size_t at, struct span raw)
{
	int slot = layout->plan->key_slot[i];
	struct value_place place = { at, image->json.n - at, raw };

	if (slot >= 0)
		image->parts[slot] = place;
	if (layout->completes)
		image->columns[i] = place;
}

/* ,"name": in front of a value; where the value begins is returned. */
static inline size_t
put_name(struct buf *out, struct span member)
{
	copy16(buf_room(out, member.n + COPY_SLACK), member.p, member.n);
	return out->n += member.n;
}

/* A column that the image does not hold, from the one before it. */
static void
borrow(struct row_image *image, const struct image_layout *layout,
    const struct row_image *before, size_t i)
{
	static const struct value_place nowhere;
	const struct value_place *place = before ? &before->columns[i] :
	    &nowhere;
	size_t at;

	if (!place->n && layout->unavailable.p) {
		put_name(&image->json, layout->plan->members[i]);
		buf_span(&image->json, layout->unavailable);
	}
	if (!place->n)
		return;
	at = put_name(&image->json, layout->plan->members[i]);
	buf_put(&image->json, before->json.p + place->at, place->n);
	note_place(image, layout, i, at, place->raw);
}

int
row_image_complete(struct row_image *image, const struct image_layout *layout,
    const struct row_image *before, struct cursor *in, struct err *err)
{
	const struct table *t = layout->table;
	const uint8_t *nulls = take(in, (layout->npresent + 7) / 8);
	struct buf *out = &image->json;
	size_t ordinal = 0;

	if (!nulls)
		return err_set(err, ERR_DATA, "the row is cut short");
	prepare(image, layout);
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct column *col = &t->columns[i];
		const uint8_t *raw = in->p;
		size_t at, start;

		if (!bit_of(layout->present, i)) {
			borrow(image, layout, before, i);
			continue;
		}
		start = out->n;
		at = put_name(out, layout->plan->members[i]);
		if (bit_of(nulls, ordinal++))
			buf_put(out, "null", 4);
		else if (!col->print || col->print(col, in, out) < 0)
			return bad_value(layout, i, in, err);
		if (col->hidden)
			out->n = start;
		else if (layout->plan->key_slot[i] >= 0 || layout->completes)
			note_place(image, layout, i, at, (struct span){
			    (const char *)raw, (size_t)(in->p - raw) });
	}
	if (out->n == 0)
		buf_char(out, '{');
	out->p[0] = '{';
	buf_char(out, '}');
	buf_room(out, COPY_SLACK);
	return 0;
}

int
row_image_read(struct row_image *image, const struct image_layout *layout,
    struct cursor *in, struct err *err)
{
	return row_image_complete(image, layout, NULL, in, err);
}

void
row_image_free(struct row_image *image)
{
	buf_free(&image->json);
	free(image->parts);
	free(image->columns);
	*image = (struct row_image){ 0 };
}

void
row_image_key(struct buf *out, const struct row_image *image,
    const struct row_image *other, const struct image_layout *layout)
{
	size_t start = out->n;

	for (size_t k = 0; k < layout->table->nkey; k++) {
		const struct row_image *from = image;

		if (!from->parts[k].n && other)
			from = other;
		if (!from->parts[k].n) {
			out->n = start;
			break;
		}
		buf_span(out, layout->plan->key_members[k]);
		buf_put(out, from->json.p + from->parts[k].at,
		    from->parts[k].n);
	}
	if (out->n == start)
		buf_put(out, "null", 4);
	else
		buf_char(out, '}');
	if (out->p[start] == ',')
		out->p[start] = '{';
	buf_room(out, COPY_SLACK);
}

bool
row_image_key_changed(const struct row_image *before,
    const struct row_image *after, const struct table *t)
{
	for (size_t k = 0; k < t->nkey; k++)
		if (after->parts[k].n && before->parts[k].n &&
		    !span_eq(before->parts[k].raw, after->parts[k].raw))
			return true;
	return false;
}
