// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre.token;

import org.apache.camel.model.PipelineDefinition;

/** A step of the route's author with what must stand before or behind it, as one. */
final class SurroundedStep extends PipelineDefinition {

    SurroundedStep() {}

    private SurroundedStep(SurroundedStep source) {
        super(source);
    }

    @Override
    public PipelineDefinition copyDefinition() {
        return new SurroundedStep(this);
    }
}
