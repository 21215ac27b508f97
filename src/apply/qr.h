/* qr.h - a text as a QR code, as the path of an SVG: one square of side 1 for each dark module. */
#ifndef APPLY_QR_H
#define APPLY_QR_H

#include "base/str.h"

/* *size with the quiet zone of four modules. false: the text is too long, or memory is out. */
bool qr_path(struct arena *a, struct str text, struct str *path, int *size);
#endif
