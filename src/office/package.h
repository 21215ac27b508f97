/*
 * package.h - a zip file from outside, opened with suspicion; for office/ alone.
 *
 * DOCX and XLSX are zips of XML parts. Everything a hostile one may lie about
 * is checked against base/limits.h when it is opened (number, sizes, ratio,
 * names, encryption, method) and again while a part is unpacked: what comes out
 * may not be more than the directory promised.
 */
#ifndef OFFICE_PACKAGE_H
#define OFFICE_PACKAGE_H

#include "base/err.h"

struct package { struct zip *zip; struct arena *arena; };
struct part;

/* content must outlive it. Errors: office.bad_zip, office.zip_bomb, office.encrypted … */
NODISCARD bool package_open(struct arena *a, struct str content, struct package *out,
			    struct err *err);
void package_close(struct package *p);
size_t package_count(const struct package *p);
struct str package_name(const struct package *p, size_t index); /* as it stands there */
bool package_has(const struct package *p, struct str name);

NODISCARD bool part_open(struct package *p, struct str name, struct part **out, struct err *err);
/* At most size bytes; 0 at the end, -1 on error (part_error tells). */
int part_read(struct part *part, char *bytes, int size);
NODISCARD bool part_error(const struct part *part, struct err *err);
struct str part_name(const struct part *part);
void part_close(struct part *part);
#endif
