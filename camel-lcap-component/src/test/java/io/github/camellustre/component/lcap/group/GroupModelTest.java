// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lcap.group;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random lives of a group against a model that looks at every record after every call. */
class GroupModelTest {

    @Property(shrinking = ShrinkingMode.OFF)
    void inAnyOrder(@ForAll long seed) {
        new GroupLife(seed, Order.NONE).run();
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void inOrderPerFid(@ForAll long seed) {
        new GroupLife(seed, Order.FID).run();
    }
}
