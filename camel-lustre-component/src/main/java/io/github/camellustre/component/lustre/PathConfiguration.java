// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

import io.github.camellustre.changelog.path.PathOptions;
import java.time.Duration;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Options of {@code lustre:fs?operation=path}. Set on the component they are the default of all endpoints. */
@UriParams
@Configurer(extended = true)
public class PathConfiguration implements Cloneable {
    @UriParam(
            label = "producer",
            description =
                    "Where the file system is mounted on this machine, as /mnt/fs. Without it paths come from the changelog alone.")
    private String mount;

    @UriParam(
            label = "producer",
            defaultValue = "lustreapi",
            description = "Lustre's library, by name or file, that is asked with mount.")
    private String library = "lustreapi";

    @UriParam(
            label = "producer",
            defaultValue = "200000",
            description =
                    "Most files and directories whose names are remembered, at some 350 bytes each. What was not needed in a long"
                            + " time is forgotten.")
    private long maxObjects = 200_000;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description = "Tell all names of an object that has several hard links, not only where it is.")
    private boolean allNames;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "With mount: owner, group, mode, size, time of modification and pool of each object, asked for each exchange."
                            + " Costs a request to the MDT and to each OST of a file, and opens it for its pool.")
    private boolean attributes;

    @UriParam(
            label = "producer",
            defaultValue = "8",
            description = "With mount: most look-ups under way at once for the records of one MDT.")
    private int maxLookUps = 8;

    @UriParam(
            label = "producer",
            defaultValue = "5000",
            javaType = "java.time.Duration",
            description = "With mount: longest wait for an answer. The record goes on without it then.")
    private long lookUpTimeout = 5_000;

    PathOptions options() {
        return new PathOptions(maxObjects, allNames, attributes, maxLookUps, Duration.ofMillis(lookUpTimeout));
    }

    /** A copy that an endpoint may change. */
    public PathConfiguration copy() {
        try {
            return (PathConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getMount() {
        return mount;
    }

    public void setMount(String mount) {
        this.mount = mount;
    }

    public String getLibrary() {
        return library;
    }

    public void setLibrary(String library) {
        this.library = library;
    }

    public long getMaxObjects() {
        return maxObjects;
    }

    public void setMaxObjects(long maxObjects) {
        this.maxObjects = maxObjects;
    }

    public boolean isAllNames() {
        return allNames;
    }

    public void setAllNames(boolean allNames) {
        this.allNames = allNames;
    }

    public boolean isAttributes() {
        return attributes;
    }

    public void setAttributes(boolean attributes) {
        this.attributes = attributes;
    }

    public int getMaxLookUps() {
        return maxLookUps;
    }

    public void setMaxLookUps(int maxLookUps) {
        this.maxLookUps = maxLookUps;
    }

    public long getLookUpTimeout() {
        return lookUpTimeout;
    }

    public void setLookUpTimeout(long lookUpTimeout) {
        this.lookUpTimeout = lookUpTimeout;
    }
}
