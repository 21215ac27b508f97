/*
 * control.h - a command that writes, while a server holds the data folder.
 *
 * The server listens on DIR/control (mode 0600). The command sends its words and
 * its own standard output, error, input and (already opened) input file over the
 * socket; the server runs the same command function with its writer, and answers
 * with the exit status. So there is one writer, and the files are read with the
 * caller's rights.
 */
#ifndef APP_CONTROL_H
#define APP_CONTROL_H

#include "app/command.h"

/* true: a server ran it and *status is its exit status. false: run it here. */
bool control_hand_over(struct invocation *in, int *status);

struct control;
NODISCARD bool control_start(struct control **out, struct data_site *site, struct err *err);
void control_stop(struct control *c);
#endif
