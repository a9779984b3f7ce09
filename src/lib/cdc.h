/* SPDX-License-Identifier: MIT
 *
 * The one header that tools include.  Rooms have no other way out.
 */
#ifndef CDC_H
#define CDC_H

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/span.h"
#include "source/file.h"
#include "group/group.h"
#include "tail/range.h"
#include "cli/groups.h"
#include "cli/tool.h"
#include "cli/value.h"
#include "db/connect.h"
#include "record/columns.h"
#include "record/deletes.h"
#include "record/end.h"
#include "record/fields.h"
#include "record/lists.h"
#include "record/name_set.h"
#include "record/fault.h"
#include "record/record.h"
#include "record/where.h"
#include "io/lines.h"
#include "io/out.h"
#include "io/stop.h"
#include "json/outline.h"
#include "json/scan.h"
#include "json/write.h"
#include "match/named.h"
#include "match/table_filter.h"
#include "match/online.h"
#include "match/pattern.h"
#include "match/rule.h"
#include "position/bound.h"
#include "position/gtid.h"
#include "print/modes.h"
#include "schema/schema_file.h"
#include "follow/followed_records.h"
#include "schema/schema.h"

#endif
