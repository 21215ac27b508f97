/* good.h - a header as it should be. */
#ifndef BASE_GOOD_H
#define BASE_GOOD_H
#endif
