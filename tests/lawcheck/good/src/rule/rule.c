/* 条例第三十三条第二款; 条例第三十六条第二项、第四十条; Art. 28, 29; 依照行政复议法（2023）第二十三条;
 * 民事诉讼法 Art. 85; 国办函〔2020〕109号; GB/T 9704-2012. */
const int days[] = { 20 };

static int due(int day)
{
	return day + days[0];
}

struct rule *give(const struct rule *r, /* and a long list */
		  int (*why)(int))
{
	return due(why(1)) > 0 ? r : 0;
}
