void rule_test(struct test *t)
{
	if (test_case(t, "late"))
		CHECK(true);
}
