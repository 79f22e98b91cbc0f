// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camellustre.changelog.ChangelogRecord;
import io.github.camellustre.component.Captures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordBytesTest {

    @ParameterizedTest
    @EnumSource(
            value = RecordForm.class,
            names = {"lines", "text", "raw"})
    void eachRecordIsAsInItsFormWithoutTheNewline(RecordForm form) throws IOException {
        RecordBytes bytes = RecordBytes.in(form);
        for (ChangelogRecord record : Captures.zoo()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            form.write(List.of(record), all);
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            one.writeBytes(bytes.of(record));
            if (form != RecordForm.raw) {
                one.write('\n');
            }
            assertThat(one.toByteArray()).isEqualTo(all.toByteArray());
        }
    }
}
