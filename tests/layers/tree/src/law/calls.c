void calls(void)
{
	void *p = malloc(1);
	char *q = strdup ("x");
	free(p);
	int n = atoi("1") + sscanf(q, "x");
	long t = time(0) + time_left(1) + my_malloc(1);
	x->free(1);
	x.time(2);
	int time = 3, rand = time;
	use(malloc, q);
	struct s { void *(*free)(void *); };
	library(free); /* a value, hard to tell from others */
	library_free(p, malloc); /* allow: the library wants it */
	free(p); /* allow: the library gave it */
	free(p); /* allow: */
	free(p); /* allow it: no */
	n = 1; /* allow: nothing here */
	log("malloc(1) in text");
	/* malloc(1) in a comment */
	sprintf
		(q, "x");
	char quote = '"'; malloc(1); char other = '"';
	char escaped = '\''; malloc(2); const char *s = "\\"; malloc(3);
}
