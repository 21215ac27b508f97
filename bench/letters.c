/*
 * letters.c - a thousand letters in one process: what each costs, and that memory stays.
 *
 *   letters [COUNT]       default 1000
 *
 * Letters of one to three pages in all three styles, each as PDF and as Word, in an arena that
 * is emptied between them, as a batch does. CPU time of this process. Exit status 1 when a PDF
 * costs more than half a second, a Word file more than 50 ms, or the process is 16 MiB larger
 * at the end than after the first tenth.
 */
#include "base/file.h"
#include "base/limits.h"
#include "office/official.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static const double pdf_goal_ms = 500, docx_goal_ms = 50;
enum { GROWTH_GOAL_MIB = 16, PARAGRAPHS_MAX = 18 };

static double cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static long resident_kib(void)
{
	long size = 0, resident = 0;
	FILE *f = fopen("/proc/self/statm", "r");

	if (f == NULL || fscanf(f, "%ld %ld", &size, &resident) != 2)
		resident = 0;
	if (f != NULL)
		fclose(f);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static struct official *letter(struct arena *a, int n)
{
	static const struct str attachments[] = { STR_INIT("批准文件"), STR_INIT("第三方意见表") };
	struct official *o = ARENA_NEW(a, struct official);
	struct doc *d = ARENA_NEW(a, struct doc);

	d->blocks = ARENA_ARRAY(a, PARAGRAPHS_MAX, struct doc_block);
	d->count = 3 + (size_t)n % (PARAGRAPHS_MAX - 3);
	for (size_t i = 0; i < d->count; i++)
		d->blocks[i] = (struct doc_block){
			.kind = DOC_PARAGRAPH,
			.text = str_format(a,
					   "经审查，您申请公开的第%d件第%zu项信息属于可以公开的政府信息。根据"
					   "《中华人民共和国政府信息公开条例》第三十六条第二项、第四十条的规定，"
					   "现向您提供。",
					   n, i)
		};
	*o = (struct official){ .style = (enum official_style)(n % 3),
				.organ = STR("广州市越秀区示例局"),
				.number = str_format(a, "越示公开〔2024〕%d号", n),
				.title = STR("政府信息公开申请答复书"),
				.addressee = STR("申请人甲〇一"),
				.body = d,
				.attachments = attachments,
				.attachments_count = COUNT_OF(attachments),
				.date = STR("2024年2月20日") };
	return o;
}

int main(int argc, char **argv)
{
	int count = argc > 1 ? atoi(argv[1]) : 1000;
	struct arena *a = arena_open(64u * MIB);
	double pdf_ms = 0, docx_ms = 0;
	long early = 0;

	for (int i = 0; i < count; i++) {
		struct err err = { 0 };
		struct str bytes;
		arena_reset(a);
		double from = cpu_ms();
		if (!official_pdf(a, letter(a, i), &bytes, &err))
			return 2;
		double middle = cpu_ms();
		if (!official_docx(a, letter(a, i), &bytes, &err))
			return 2;
		pdf_ms += middle - from;
		docx_ms += cpu_ms() - middle;
		if (i == count / 10)
			early = resident_kib();
	}
	long grown = (resident_kib() - early) / 1024;
	printf("letters: %d, a PDF %.0f ms, a Word file %.1f ms of CPU; %ld MiB resident, %ld MiB more "
	       "than after the first tenth\n",
	       count, pdf_ms / count, docx_ms / count, resident_kib() / 1024, grown);
	printf("figure|letter as PDF: ms of CPU|≤ %.0f|%.0f|%s\n", pdf_goal_ms, pdf_ms / count,
	       pdf_ms / count > pdf_goal_ms ? "MISSED" : "reached");
	printf("figure|letter as Word file: ms of CPU|≤ %.0f|%.1f|%s\n", docx_goal_ms, docx_ms / count,
	       docx_ms / count > docx_goal_ms ? "MISSED" : "reached");
	printf("figure|%d letters in one process: MiB more than after a tenth|≤ %d|%ld|%s\n", count,
	       GROWTH_GOAL_MIB, grown, grown > GROWTH_GOAL_MIB ? "MISSED" : "reached");
	arena_close(a);
	return pdf_ms / count > pdf_goal_ms || docx_ms / count > docx_goal_ms ||
	       grown > GROWTH_GOAL_MIB;
}
