bool keys(struct err *err)
{
	err_set(err, ERR_INVALID, "base.known", "%d", 1);
	err_set(err, ERR_INVALID, "base.unknown", "%d", 1);
	err_set(err, ERR_INVALID, a ? "base.known" : "base.missing", "%d", f(1, 2));
	err_set(err, ERR_INVALID, "base.known", "");
	err_set(err, ERR_INVALID, "base.two", "%d", 1);
	err_set(err, ERR_INVALID, "base.two", "%d|" STR_FMT, 1, STR_ARG(x));
	err_set(err, ERR_INVALID, "base.two", "one" "|" "two");
	err_set(err, ERR_INVALID, "base.known", STR_FMT, STR_ARG(x));
	err_set(err, ERR_INTERNAL, "base.quiet", "%d", 1);
	err_set(err, ERR_INVALID, "base.quiet", "%d", 1);
	err_set_field(err, "name", ERR_INVALID, "base.wrong", "x");
	err_set_field(err, "name", ERR_INVALID, "base.known", "");
	message_text(a, LOCALE_EN, "base.nothing", facts);
	snprintf(key, sizeof key, "base.state_%s", name);
	return err_set(err, code, key, "%s", "base.not_a_key");
}
