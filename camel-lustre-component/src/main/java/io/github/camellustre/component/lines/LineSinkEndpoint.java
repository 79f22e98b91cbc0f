// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lines;

import java.nio.file.Path;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Append Lustre changelog records to one file per MDT, forced to the disk before an exchange completes. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "lustre-lines",
        title = "Lustre Lines",
        syntax = "lustre-lines:directory",
        producerOnly = true,
        remote = false,
        category = {Category.FILE})
public class LineSinkEndpoint extends DefaultEndpoint implements AsyncEndpoint {

    @UriPath(
            description =
                    "Directory of the files, one per MDT: fs-MDT0000.jsonl (form json), .txt (text), .bin (raw), .dead.jsonl (dead). Made at start if it is missing.")
    @Metadata(required = true)
    private String directory;

    @UriParam(
            defaultValue = "json",
            description =
                    "What is written: json (one object a line), text (as lfs changelog prints it), raw (the bytes of the records) or"
                            + " dead (dead letters: bytes, text, reason, route and time as JSON, which source=replay reads again).")
    private LineForm form = LineForm.json;

    @UriParam(
            defaultValue = "0",
            description =
                    "Size in bytes, or with K, M or G behind it in powers of 1024, from which on a file is renamed to"
                            + " MDT-firstIndex before the next append; a file exceeds it by at most one append. 0 never rotates.")
    private String maxFileSize = "0";

    @UriParam(
            defaultValue = "0",
            javaType = "java.time.Duration",
            description =
                    "Length of the periods of the clock, as 1h, at whose end a file is renamed as with maxFileSize, also when"
                            + " nothing is appended: with 1h at each full hour (UTC). 0 never.")
    private long maxFileAge;

    @UriParam(
            defaultValue = "false",
            description =
                    "Let only complete files be seen: the name of the growing one begins with a dot. Needs maxFileSize or maxFileAge.")
    private boolean onlyComplete;

    @UriParam(
            defaultValue = "false",
            description =
                    "Compress complete files with gzip, in the background; each then has .gz behind its name, and is not seen"
                            + " before. Needs maxFileSize or maxFileAge.")
    private boolean gzip;

    @UriParam(
            defaultValue = "true",
            description =
                    "Force the files to the disk before an exchange completes. With false a crash of the machine can lose records that were acknowledged.")
    private boolean fsync = true;

    public LineSinkEndpoint(String uri, LineSinkComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        LineOptions options = new LineOptions(FileSize.parse(maxFileSize), maxFileAge, onlyComplete, gzip, fsync);
        if ((onlyComplete || gzip) && options.maxFileSize() == 0 && maxFileAge == 0) {
            throw new IllegalArgumentException(
                    "lustre-lines:" + directory
                            + ": with onlyComplete or gzip a file must become complete some time: set maxFileSize or maxFileAge");
        }
        return new LineSinkProducer(this, Path.of(directory), form, options);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "lustre-lines: only writes; read such files with lustre: and source=replay");
    }

    public String getDirectory() {
        return directory;
    }

    public void setDirectory(String directory) {
        this.directory = directory;
    }

    public LineForm getForm() {
        return form;
    }

    public void setForm(LineForm form) {
        this.form = form;
    }

    public String getMaxFileSize() {
        return maxFileSize;
    }

    public void setMaxFileSize(String maxFileSize) {
        this.maxFileSize = maxFileSize;
    }

    public long getMaxFileAge() {
        return maxFileAge;
    }

    public void setMaxFileAge(long maxFileAge) {
        this.maxFileAge = maxFileAge;
    }

    public boolean isOnlyComplete() {
        return onlyComplete;
    }

    public void setOnlyComplete(boolean onlyComplete) {
        this.onlyComplete = onlyComplete;
    }

    public boolean isGzip() {
        return gzip;
    }

    public void setGzip(boolean gzip) {
        this.gzip = gzip;
    }

    public boolean isFsync() {
        return fsync;
    }

    public void setFsync(boolean fsync) {
        this.fsync = fsync;
    }
}
