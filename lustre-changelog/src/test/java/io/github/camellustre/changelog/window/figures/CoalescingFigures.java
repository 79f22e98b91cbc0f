// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.figures;

import io.github.camellustre.changelog.Captures;
import io.github.camellustre.changelog.ChangelogBatch;
import io.github.camellustre.changelog.RecordBlock;
import io.github.camellustre.changelog.RecordType;
import io.github.camellustre.changelog.source.ChangelogSource;
import io.github.camellustre.changelog.source.ChangelogStream;
import io.github.camellustre.changelog.source.SourceException;
import io.github.camellustre.changelog.source.Streams;
import io.github.camellustre.changelog.window.Coalescing;
import io.github.camellustre.changelog.window.WindowCounts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What each strategy makes of one stream in windows of 10,000 records, as Markdown tables. */
final class CoalescingFigures {
    private static final int WINDOW = 10_000;

    private final String title;
    private final List<StrategyFigures> strategies =
            Arrays.stream(Coalescing.values()).map(StrategyFigures::new).toList();

    private CoalescingFigures(String title) {
        this.title = title;
    }

    static CoalescingFigures ofCapture(String title, String name) {
        CoalescingFigures figures = new CoalescingFigures(title);
        RecordBlock block = Captures.block(name);
        for (int from = 0; from < block.count(); from += WINDOW) {
            figures.window(ChangelogBatch.of(block, from, Math.min(from + WINDOW, block.count())));
        }
        return figures;
    }

    static CoalescingFigures ofSimulator(String title, String spec) throws SourceException {
        CoalescingFigures figures = new CoalescingFigures(title);
        try (ChangelogSource source = Streams.source(spec);
                ChangelogStream stream = source.open(source.mdts().get(0), 1)) {
            ChangelogBatch batch = ChangelogBatch.of(Streams.take(stream, WINDOW));
            while (!batch.isEmpty()) {
                figures.window(batch);
                batch = ChangelogBatch.of(Streams.take(stream, WINDOW));
            }
        }
        return figures;
    }

    private void window(ChangelogBatch batch) {
        strategies.forEach(strategy -> strategy.window(batch));
    }

    String toMarkdown() {
        StringBuilder text = new StringBuilder("## ").append(title).append("\n\n");
        row(
                text,
                "Strategy",
                "Records in",
                "Records out",
                "Out of 100",
                "Look-ups by record",
                "by object",
                "in vain",
                "Rows");
        row(text, "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        for (StrategyFigures strategy : strategies) {
            row(
                    text,
                    "`" + strategy.coalescing + "`",
                    number(strategy.in()),
                    number(strategy.out()),
                    share(strategy.out(), strategy.in()),
                    number(strategy.work.lookUpsByRecord()),
                    number(strategy.work.lookUps()),
                    number(strategy.work.inVain()),
                    number(strategy.work.rows()));
        }
        text.append('\n');
        row(text, "Type", "In", "`restat`", "`net-effect`", "`last-per-fid`");
        row(text, "---", "--:", "--:", "--:", "--:");
        for (RecordType type : WindowCounts.types()) {
            long in = strategies.get(0).in(type);
            if (in > 0) {
                row(
                        text,
                        type.toString(),
                        number(in),
                        number(out(Coalescing.RESTAT, type)),
                        number(out(Coalescing.NET_EFFECT, type)),
                        number(out(Coalescing.LAST_PER_FID, type)));
            }
        }
        return text.toString();
    }

    private long out(Coalescing coalescing, RecordType type) {
        return strategies.stream()
                .filter(strategy -> strategy.coalescing == coalescing)
                .mapToLong(strategy -> strategy.out(type))
                .sum();
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String share(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f", 100.0 * part / whole);
    }
}
