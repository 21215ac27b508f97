/*
 * main.c - hands the words to the command line, or becomes the child that reads
 * files from outside.
 */
#include "app/command.h"
#include "office/read.h"

#include <string.h>

int main(int argc, char **argv)
{
	if (argc >= 2 && strcmp(argv[1], "--reader") == 0)
		return office_reader_main(argc, argv);
	return command_main(argc, argv);
}
