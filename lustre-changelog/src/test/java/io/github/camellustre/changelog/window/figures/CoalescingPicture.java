// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.figures;

import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.changelog.window.ChangelogWindow;
import io.github.camellustre.changelog.window.Coalescing;
import io.github.camellustre.changelog.window.RecordIndexes;
import io.github.camellustre.changelog.window.WindowOptions;
import io.github.camellustre.changelog.window.WindowResult;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a window before and after a strategy: a row for each file, a column for each record. Colours that can be told apart
 * on its own background, light or dark as the page is.
 */
final class CoalescingPicture {
    private static final int LABEL = 84;
    private static final int COLUMN = 66;
    private static final int BOX = 58;
    private static final int BOX_HEIGHT = 24;
    private static final int ROW = 42;
    private static final int MARGIN = 16;
    private static final int HEADING = 46;

    private static final String STYLE = """
            <style>
            text { font-family: system-ui, 'DejaVu Sans', sans-serif; font-size: 12px; fill: #1f2328; }
            .page { fill: #ffffff; stroke: #d0d7de; }
            .paper { fill: #ffffff; }
            .title { font-size: 14px; font-weight: bold; }
            .small { font-size: 10px; }
            .faint { fill: #6e7781; }
            .line { stroke: #d0d7de; }
            .left { stroke: #6e7781; fill: none; stroke-dasharray: 3 3; }
            .file0 { fill: #b6e3ff; stroke: #0969da; }
            .file1 { fill: #ffd8b5; stroke: #bc4c00; }
            .file2 { fill: #aceebb; stroke: #1a7f37; }
            .file3 { fill: #ecd8ff; stroke: #8250df; }
            .strike { stroke: #cf222e; stroke-width: 2; }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3; }
            .page { fill: #0d1117; stroke: #30363d; }
            .paper { fill: #0d1117; }
            .faint { fill: #8b949e; }
            .line { stroke: #30363d; }
            .left { stroke: #8b949e; }
            .file0 { fill: #0c2d6b; stroke: #58a6ff; }
            .file1 { fill: #5a1e02; stroke: #f0883e; }
            .file2 { fill: #033a16; stroke: #3fb950; }
            .file3 { fill: #3c1e70; stroke: #bc8cff; }
            .strike { stroke: #f85149; }
            }
            </style>
            """;

    private final Coalescing coalescing;
    private final ChangelogBatch records = PictureStory.records();
    private final WindowResult result;
    private final Map<Long, Integer> kept = new HashMap<>();
    private final StringBuilder svg = new StringBuilder();
    private int top;

    private CoalescingPicture(Coalescing coalescing) {
        this.coalescing = coalescing;
        ChangelogWindow window = new ChangelogWindow(new WindowOptions(coalescing));
        window.add(records);
        result = window.close();
        for (int i = 0; i < result.records().size(); i++) {
            kept.put(result.records().index(i), i);
        }
    }

    static String of(Coalescing coalescing) {
        return new CoalescingPicture(coalescing).draw();
    }

    private String draw() {
        int panel = HEADING + PictureStory.FILES.size() * ROW;
        int width = 2 * MARGIN + LABEL + records.size() * COLUMN;
        int height = 2 * panel + 84;
        String title = String.format(
                Locale.ROOT,
                "%s: %d records become %d",
                coalescing,
                records.size(),
                result.records().size());
        svg.append("<!-- SPDX-License-Identifier: Apache-2.0; written by tests/coalescing/run.sh -->\n");
        append(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' role='img'>\n",
                width, height, width, height);
        append("<title>%s</title>\n", title);
        svg.append(STYLE);
        append("<rect class='page' x='0.5' y='0.5' width='%d' height='%d' rx='6'/>\n", width - 1, height - 1);
        panel("Before: the " + records.size() + " records of a window, in the order of their index", width);
        records.forEach(record -> box(record, label(record)));
        top += panel;
        panel(
                "After " + coalescing + ": " + result.records().size()
                        + " records; below each, which records it stands for",
                width);
        records.forEach(this::after);
        top += panel;
        legend();
        return svg.append("</svg>\n").toString();
    }

    private void panel(String heading, int width) {
        text(MARGIN, top + 24, "title", "start", heading);
        for (int row = 0; row < PictureStory.FILES.size(); row++) {
            int y = top + HEADING + row * ROW + BOX_HEIGHT / 2;
            text(MARGIN, y + 4, "", "start", PictureStory.FILES.get(row));
            append("<line class='line' x1='%d' y1='%d' x2='%d' y2='%d'/>\n", MARGIN + LABEL - 12, y, width - MARGIN, y);
        }
    }

    private void after(ChangelogRecord record) {
        Integer position = kept.get(record.index());
        if (position != null) {
            ChangelogRecord left = result.records().get(position);
            box(left, label(left));
            text(
                    x(record) + BOX / 2,
                    y(record) + BOX_HEIGHT + 12,
                    "small",
                    "middle",
                    indexes(result.standsFor(position)));
        } else {
            append(
                    "<rect class='paper' x='%d' y='%d' width='%d' height='%d'/>\n",
                    x(record), y(record), BOX, BOX_HEIGHT);
            append(
                    "<rect class='left' x='%d' y='%d' width='%d' height='%d' rx='4'/>\n",
                    x(record), y(record), BOX, BOX_HEIGHT);
            text(
                    x(record) + BOX / 2,
                    y(record) + 16,
                    "faint",
                    "middle",
                    record.type().toString());
            if (result.cancelled().contains(record.mdt(), record.index())) {
                append(
                        "<line class='strike' x1='%d' y1='%d' x2='%d' y2='%d'/>\n",
                        x(record) + 4, y(record) + BOX_HEIGHT - 3, x(record) + BOX - 4, y(record) + 3);
            }
        }
    }

    private void box(ChangelogRecord record, String note) {
        append(
                "<rect class='file%d' x='%d' y='%d' width='%d' height='%d' rx='4'/>\n",
                PictureStory.row(record), x(record), y(record), BOX, BOX_HEIGHT);
        text(x(record) + BOX / 2, y(record) + 16, "", "middle", record.type().toString());
        text(x(record) + BOX / 2, y(record) - 4, "small faint", "middle", note);
    }

    private static String label(ChangelogRecord record) {
        String names = record.hasRename() ? " " + record.oldNameText() + "\u2192" + record.nameText() : "";
        return record.index() + names;
    }

    private static String indexes(RecordIndexes indexes) {
        String text = indexes.toString();
        return "for " + text.substring(text.indexOf(':') + 1);
    }

    private void legend() {
        int y = top + 38;
        append("<rect class='file0' x='%d' y='%d' width='22' height='14' rx='3'/>\n", MARGIN, y);
        text(MARGIN + 30, y + 11, "", "start", "delivered");
        append("<rect class='left' x='%d' y='%d' width='22' height='14' rx='3'/>\n", MARGIN + 130, y);
        text(MARGIN + 160, y + 11, "", "start", "not delivered: another record stands for it");
        append("<rect class='left' x='%d' y='%d' width='22' height='14' rx='3'/>\n", MARGIN + 450, y);
        append("<line class='strike' x1='%d' y1='%d' x2='%d' y2='%d'/>\n", MARGIN + 452, y + 12, MARGIN + 470, y + 2);
        text(MARGIN + 480, y + 11, "", "start", "cancelled: came and went, nothing to tell");
    }

    private int x(ChangelogRecord record) {
        return MARGIN + LABEL + ((int) record.index() - 1) * COLUMN;
    }

    private int y(ChangelogRecord record) {
        return top + HEADING + PictureStory.row(record) * ROW;
    }

    private void text(int x, int y, String style, String anchor, String text) {
        append("<text class='%s' x='%d' y='%d' text-anchor='%s'>%s</text>\n", style, x, y, anchor, text);
    }

    private void append(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
