// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.Fid;
import io.github.camellustre.changelog.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The objects and directory entries of the {@link ModelFileSystem}: what is true, whatever the logs say. */
final class ModelTree {
    static final Fid ROOT = new Fid(0x200000007L, 1, 0);

    private final Map<Fid, ModelObject> objects = new LinkedHashMap<>();
    private final Map<ModelName, ModelObject> entries = new LinkedHashMap<>();
    private int born;

    ModelTree() {
        objects.put(ROOT, new ModelObject(ROOT, 0, RecordType.MKDIR));
    }

    ModelObject create(int mdt, RecordType kind, ModelName name) {
        ModelObject object = new ModelObject(freshFid(mdt), mdt, kind);
        objects.put(object.fid, object);
        link(object, name);
        return object;
    }

    private Fid freshFid(int mdt) {
        born++;
        return new Fid(0x200000402L + ((long) mdt << 30), born, 0);
    }

    void link(ModelObject object, ModelName name) {
        object.names.add(name);
        entries.put(name, object);
    }

    void unlink(ModelName name) {
        ModelObject object = entries.remove(name);
        object.names.remove(name);
        forgetIfGone(object);
    }

    void move(ModelName from, ModelName to) {
        ModelObject object = entries.remove(from);
        object.names.remove(from);
        link(object, to);
    }

    /** What has no name stays as long as it is open. */
    void forgetIfGone(ModelObject object) {
        if (object.names.isEmpty() && object.opened == 0) {
            objects.remove(object.fid);
        }
    }

    /** The object moves to another MDT, where it has another FID; what is in it goes along. */
    void renumber(ModelObject object, int mdt) {
        objects.remove(object.fid);
        Fid old = object.fid;
        object.fid = freshFid(mdt);
        object.mdt = mdt;
        objects.put(object.fid, object);
        for (ModelName child : children(old)) {
            move(child, new ModelName(object.fid, child.name()));
        }
    }

    ModelObject at(ModelName name) {
        return entries.get(name);
    }

    ModelObject object(Fid fid) {
        return objects.get(fid);
    }

    List<ModelName> children(Fid directory) {
        List<ModelName> children = new ArrayList<>();
        for (ModelName name : entries.keySet()) {
            if (name.parent().equals(directory)) {
                children.add(name);
            }
        }
        return children;
    }

    /** Whether {@code directory} lies in {@code ancestor} or is the same. */
    boolean isBelow(ModelObject directory, ModelObject ancestor) {
        ModelObject at = directory;
        while (at != ancestor) {
            if (at.names.isEmpty()) {
                return false;
            }
            at = objects.get(at.name().parent());
        }
        return true;
    }

    /** The entry that a number stands for, of those that qualify; null if there is none. */
    ModelName pickName(int number, Predicate<ModelObject> qualifies) {
        List<ModelName> names = new ArrayList<>();
        entries.forEach((name, object) -> {
            if (qualifies.test(object)) {
                names.add(name);
            }
        });
        return names.isEmpty() ? null : names.get(number % names.size());
    }

    /** The object that a number stands for, of those that qualify, open ones without a name included; null if there is none. */
    ModelObject pick(int number, Predicate<ModelObject> qualifies) {
        List<ModelObject> those = objects.values().stream().filter(qualifies).toList();
        return those.isEmpty() ? null : those.get(number % those.size());
    }
}
