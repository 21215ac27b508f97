/* commands.h - the subcommands, each in its file; listed in commands.c. */
#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H

#include "app/command.h"

extern const struct command serve_command, migrate_command, verify_command,
	routes_command;					     /* command_serve.c */
extern const struct command site_command;		     /* command_site.c */
extern const struct command user_command;		     /* command_user.c */
extern const struct command unit_command;		     /* command_unit.c */
extern const struct command demo_command;		     /* command_demo.c */
extern const struct command clock_command, calendar_command; /* command_calendar.c */
extern const struct command backup_command, restore_command,
	rebuild_command;				     /* command_backup.c */
extern const struct command doctor_command;		     /* command_doctor.c */
extern const struct command import_command, export_command;  /* command_import.c */
extern const struct command check_command;		     /* command_check.c */
extern const struct command report_command;		     /* command_report.c */
extern const struct command request_command;		     /* command_request.c */
extern const struct command fee_command;		     /* command_fee.c */
extern const struct command reply_command;		     /* command_reply.c */
extern const struct command dispute_command;		     /* command_dispute.c */
extern const struct command letter_command;		     /* command_letter.c */
extern const struct command mail_command;		     /* command_mail.c */
extern const struct command retention_command;		     /* command_retention.c */
extern const struct command queue_command, board_command;     /* command_desk.c */
#endif
