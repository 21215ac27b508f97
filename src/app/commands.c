/*
 * commands.c - the table of subcommands.
 */
#include "app/commands.h"

const struct command *const app_commands[] = {
	&serve_command,	   &demo_command,   &report_command,  &check_command,  &clock_command,
	&calendar_command, &verify_command, &migrate_command, &routes_command, &user_command,
	&unit_command,	   &letter_command, &request_command, &reply_command, &fee_command,
	&dispute_command,
	&site_command,	   &import_command, &export_command,  &doctor_command,
	&queue_command,	   &board_command,  &mail_command,
	&backup_command,   &restore_command, &rebuild_command,
	&retention_command,
	NULL,
};
