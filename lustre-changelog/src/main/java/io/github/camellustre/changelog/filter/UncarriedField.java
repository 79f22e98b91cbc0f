// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.filter;

/** What people ask for and no changelog record carries. It is refused: what is nearly the same would be wrong. */
enum UncarriedField {
    PATH(
            "path",
            "the path: only a name and its directory's FID",
            "Use parent=FID (lfs path2fid DIR) and name=, or in a route a filter step behind lustre:FILESYSTEM?operation=path"),
    SIZE("size", "the size", "Look the file up behind the filter"),
    BLOCKS("blocks", "the blocks in use", "Look the file up behind the filter"),
    MODE("mode", "the permissions", "Use type=SATTR, and look the file up behind the filter"),
    OWNER("owner", "the file's owner: uid and gid are those who acted", "Use uid= for who acted"),
    LAYOUT("layout", "the layout", "Use type=LYOUT, and look the file up behind the filter"),
    STRIPES("stripes", "the layout", "Use type=LYOUT, and look the file up behind the filter"),
    POOL("pool", "the OST pool", "Look the file up behind the filter"),
    PROJECT("projid", "the project", "Look the file up behind the filter"),
    MTIME("mtime", "the file's times, only when it was itself recorded", "Use type=MTIME"),
    ATIME("atime", "the file's times, only when it was itself recorded", "Use type=ATIME"),
    CTIME("ctime", "the file's times, only when it was itself recorded", "Use type=CTIME");

    private final String key;
    private final String what;
    private final String remedy;

    UncarriedField(String key, String what, String remedy) {
        this.key = key;
        this.what = what;
        this.remedy = remedy;
    }

    /** @throws IllegalArgumentException with reason and remedy, if the key is one of these */
    static void refuse(String key) {
        for (UncarriedField field : values()) {
            if (field.key.equals(key)) {
                throw new IllegalArgumentException("no changelog record carries " + field.what + ". " + field.remedy);
            }
        }
    }
}
