// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

/** Thrown by a handler that returns because {@link Job#stopping()}; the job is put back without counting an attempt. */
public final class JobInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JobInterruptedException() {
        super("stopping");
    }
}
