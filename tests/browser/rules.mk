# make gallery: every part of every page in four modes, as files in $(BUILD)/gallery.
# make browser-test: looks at them (and at a server, if GONGKAI names one) with Chromium; needs npm install.
GALLERY_OBJ := $(filter $(BUILD)/obj/src/base/% $(BUILD)/obj/src/html/%,$(LIB_OBJ)) $(BUILD)/gen/html_html.o \
               $(BUILD)/gen/messages$(SET).o $(BUILD)/gen/assets.o $(BUILD)/gen/gallery_html.o $(BUILD)/obj/tests/browser/gallery.o

$(BUILD)/gen/gallery_html.c: tests/browser/gallery.html $(BUILD)/tools/pagec | $(BUILD)/gen/.dir
	$(BUILD)/tools/pagec $(BUILD)/gen/gallery_html tests/browser/gallery.html
$(BUILD)/gen/gallery_html.h: $(BUILD)/gen/gallery_html.c ;
$(BUILD)/gen/gallery_html.o $(BUILD)/obj/tests/browser/gallery.o: CFLAGS += -Itests/browser
$(BUILD)/obj/tests/browser/gallery.o: $(BUILD)/gen/gallery_html.h
-include $(BUILD)/obj/tests/browser/gallery.d $(BUILD)/gen/gallery_html.d
$(BUILD)/gallery-writer: $(GALLERY_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

.PHONY: gallery browser-test
gallery: $(BUILD)/gallery-writer
	@mkdir -p $(BUILD)/gallery
	$(BUILD)/gallery-writer $(BUILD)/gallery
browser-test: gallery
	@node_modules/.bin/sass --load-path=node_modules --style=compressed --no-source-map --no-charset tools/css/site.scss | \
	        cmp - assets/site.css || { echo 'assets/site.css is not what tools/css makes: npm run css'; exit 1; }
	node tests/browser/run.mjs --gallery $(BUILD)/gallery --pictures $(BUILD)/pictures
