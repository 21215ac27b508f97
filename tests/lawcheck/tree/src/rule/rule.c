/* 条例第三十三条、第四十二条: the second has no row; so has 行政复议法 2023 第三十三条. */
int due(int day);
/* due(day) { in a comment defines nothing */
#define days 20 /* 国办公开办函〔2021〕30号, Art. 39(二) and 45 */

int give(int day)
{
	return due(day);
}
