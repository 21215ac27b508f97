int short_line;
int trailing; 
int tab_at_end;	
    int spaces;
/*
    spaces in a comment
 */
int aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;
int aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;
						int tabs_count_eight_columns_each_so_this_is_long_now;
	/* 这一行注释的汉字每个算两列，所以它虽然只有几十个字，却已经超过了一百列的上限，应当被检查出来。 */
	{ "base", "这一行是表格里的文字，每个汉字算两列，加起来超过了一百列，但是没有超过一百二十列。" },
	{ "base", "这一行是表格里的文字，每个汉字算两列，加起来不但超过了一百列，而且也超过了一百二十列，所以这一行不行，请把它拆成两行。" },
int old_style(void) {
	return 1;
}
int if_inside(void)
{
	if (x) {
		y();
	}
}
/* TODO later */
int x; // FIXME
char *name = "XXXXXX"; /* not the word, but XXX is */
