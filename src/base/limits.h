/*
 * limits.h - every maximum of the program, in one list.
 *
 * Reading it is reading the attack surface: nothing from outside is read, kept
 * or looped over without one of these.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define KIB (1024u)
#define MIB (1024u * 1024u)

enum {
	/* memory */
	LIMIT_REQUEST_ARENA = 64 * 1024 * 1024,
	LIMIT_JOB_ARENA = 256 * 1024 * 1024, /* a mail with its files, read and sealed again */
	LIMIT_COMMAND_ARENA = 1024 * 1024 * 1024,
	LIMIT_PAGE = 8 * 1024 * 1024, /* bytes of one rendered page */

	/* HTTP */
	LIMIT_HTTP_LINE = 8 * 1024,
	LIMIT_HTTP_HEAD = 32 * 1024,
	LIMIT_HTTP_HEADERS = 100,
	LIMIT_HTTP_CONNECTIONS = 4000,
	LIMIT_HTTP_CONNECTIONS_PER_IP = 1200,
	LIMIT_HTTP_HEAD_MS = 10 * 1000,
	LIMIT_HTTP_BODY_MS = 20 * 1000, /* and a second for each LIMIT_HTTP_BODY_RATE bytes read */
	LIMIT_HTTP_BODY_RATE = 64 * 1024,
	LIMIT_HTTP_WRITE_MS = 30 * 1000, /* and a second for each LIMIT_HTTP_WRITE_RATE bytes */
	LIMIT_HTTP_WRITE_RATE = 16 * 1024,
	LIMIT_HTTP_LINGER_MS = 3 * 1000,
	LIMIT_HTTP_IDLE_S = 25,
	LIMIT_HTTP_SEND_BUFFER = 128 * 1024, /* of the kernel, for each connection */
	LIMIT_HTTP_HELD = 512 * 1024 * 1024, /* bodies and unsent answers of all connections */
	LIMIT_HTTP_POOL_QUEUE = 512,
	LIMIT_FORM_BODY = 1024 * 1024,
	LIMIT_FORM_FIELDS = 200,
	LIMIT_FIELD_BYTES = 256 * 1024,
	LIMIT_UPLOAD = 32 * 1024 * 1024,
	LIMIT_COOKIE = 4096,
	LIMIT_ANSWER_S = 24 * 60 * 60, /* the answer of an Idempotency-Key is kept */

	/* database */
	LIMIT_ROWS_PER_PAGE = 100,
	LIMIT_WRITE_QUEUE = 2048,
	LIMIT_WRITE_BATCH = 256,
	LIMIT_WRITE_BATCH_MS = 5,
	LIMIT_WRITE_CONNECTIONS = 8, /* to PostgreSQL */
	LIMIT_TX_RETRIES = 5,

	/* files from outside */
	LIMIT_ZIP_ENTRIES = 4096,
	LIMIT_ZIP_ENTRY = 256 * 1024 * 1024,
	LIMIT_ZIP_RATIO = 200,
	LIMIT_ZIP_TOTAL = 512 * 1024 * 1024,
	LIMIT_BUNDLE_BYTES = 512 * 1024 * 1024, /* of a case bundle that is verified */
	LIMIT_BUNDLE_WEB = 32 * 1024 * 1024, /* of one that is made over the web */
	LIMIT_XML_DEPTH = 256,
	LIMIT_HTML_OPEN_ELEMENTS = 256,
	LIMIT_HTML_BYTES = 8 * 1024 * 1024,
	LIMIT_TEXT_BYTES = 16 * 1024 * 1024,
	LIMIT_DOC_BLOCKS = 50000,
	LIMIT_DOC_TEXT = 8 * 1024 * 1024, /* bytes of all the text of one document that was read */
	LIMIT_DOC_INPUT = 32 * 1024 * 1024,
	LIMIT_TABLE_CELLS = 200000, /* positions of all the tables of one document */
	LIMIT_TABLE_NESTING = 32,
	LIMIT_CSV_CELL = 32 * 1024,
	LIMIT_SHEET_COLUMNS = 256,
	LIMIT_SHEET_ROWS = 1048576,
	LIMIT_SHEET_INPUT = 256 * 1024 * 1024,
	LIMIT_SHEET_OUTPUT = 1024 * 1024 * 1024,
	LIMIT_SHEET_STRINGS = 64 * 1024 * 1024, /* shared strings of a workbook, in memory */
	LIMIT_READER_CPU_S = 10,
	LIMIT_READER_SHEET_CPU_S = 60, /* a million rows */
	LIMIT_READER_MEMORY = 512 * 1024 * 1024,
	LIMIT_READER_WALL_S = 60, /* between two signs of life */
	LIMIT_READER_OUTPUT = 24 * 1024 * 1024,

	/* requests */
	LIMIT_REQUEST_CONTENT = 20000,
	LIMIT_IMPORT_ROWS = 500000,
	LIMIT_IMPORT_BYTES = 160 * 1024 * 1024, /* of their texts, kept until written */
	LIMIT_DOCKET_ROWS = 20000, /* proceedings in one register */
	LIMIT_DOCKET_BYTES = 32 * 1024 * 1024,

	/* notices and mail */
	LIMIT_NOTICE_FILES = 20 * 1024 * 1024, /* of one notice; mail servers take about as much */
	LIMIT_MAIL_BYTES = 32 * 1024 * 1024, /* of one message that comes in */
	LIMIT_MAIL_HEAD = 256 * 1024,	     /* header lines of one entity */
	LIMIT_MAIL_DEPTH = 8,		     /* multipart in multipart */
	LIMIT_MAIL_PARTS = 200,
	LIMIT_MAIL_FILES = 50,
	LIMIT_MAIL_REFERENCES = 50,
	LIMIT_MAIL_TEXT = 256 * 1024, /* of its text, kept */

	/* attachments */
	LIMIT_ATTACHMENT = 20 * 1024 * 1024,
	LIMIT_ATTACHMENTS = 20,			  /* of one subject */
	LIMIT_ATTACHMENTS_BYTES = 60 * 1024 * 1024, /* of one subject together */
	LIMIT_ATTACHMENT_NAME = 200,
	LIMIT_IMAGE_SIDE = 20000, /* pixels */
	LIMIT_IMAGE_PIXELS = 100 * 1000 * 1000,

	/* calendar */
	LIMIT_CALENDAR_BYTES = 256 * 1024,
	LIMIT_CALENDAR_RULES = 4000, /* holidays and make-up days, about 25 a year */

	/* checking a report */
	LIMIT_LINT_BYTES = 2 * 1024 * 1024,
	LIMIT_LINT_LINES = 60000,
	LIMIT_LINT_TABLES = 500,
	LIMIT_LINT_GRID = 100000,	 /* positions of the tables that are looked at */
	LIMIT_LINT_WORDS = 20000,	 /* between them */
	LIMIT_LINT_ROWS = 400,		 /* rows of numbers in one table */
	LIMIT_LINT_SENTENCES = 5000,
	LIMIT_LINT_QUANTITIES = 200,	 /* figures of one sentence */
	LIMIT_LINT_FIGURES = 20000,	 /* of all sentences */
	LIMIT_LINT_SPLITS = 64,		 /* ways to split glued digits that are kept */
	LIMIT_LINT_SPLIT_STEPS = 200000, /* tried for one row */
	LIMIT_LINT_COMBINATIONS = 20000, /* of open splits */
	LIMIT_LINT_FINDINGS = 1000,
	LIMIT_LINT_VERDICTS = 8000,
	LIMIT_LINT_FILES = 200,

	/* people */
	LIMIT_SESSION_IDLE_S = 30 * 60,
	LIMIT_SESSION_TOTAL_S = 12 * 60 * 60,
	LIMIT_PASSWORD_MIN = 12,
	LIMIT_PASSWORD_BYTES = 256,
	LIMIT_TOKENS_PER_ACCOUNT = 20, /* that have not ended */
	LIMIT_TOKENS_LISTED = 1000,
	LIMIT_TOKEN_DAYS = 366,
	LIMIT_LOGIN_TRIES_PER_ACCOUNT = 8,  /* in 15 minutes */
	LIMIT_LOGIN_TRIES_PER_ADDRESS = 24, /* in 15 minutes */
	LIMIT_CODE_TRIES_PER_ADDRESS = 20,  /* wrong query codes, in 15 minutes */
};
#endif
