// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.territory;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.io.InputStream;
import org.osgi.annotation.versioning.ProviderType;

/** Draws the territory: from GeoJSON (RFC 7946), looked at before it is applied. Each change stands in the audit log. */
@ProviderType
public interface TerritoryAdmin {

    /** Import the territory, and write about its neighbourhoods. */
    String TERRITORY = "core.territory";

    /** Bytes of a file. */
    int MAX_FILE = 32 * 1024 * 1024;

    int MAX_FEATURES = 2_000;

    /** Positions in a file. */
    int MAX_POSITIONS = 500_000;

    /**
     * Reads a {@code FeatureCollection} of {@code Polygon} and {@code MultiPolygon} in WGS84, and says what it would change.
     * Changes nothing. What is wrong with single features is told by {@link GeoImport#notices}.
     *
     * @param geoJson read to its end at most, not closed
     * @throws InvalidException on {@code file}, {@code name}, {@code borough} or {@code id}, if the file as a whole cannot be read so
     * @throws ForbiddenException without {@link #TERRITORY}
     */
    GeoImport prepare(Caller caller, InputStream geoJson, GeoMapping mapping);

    /**
     * How an import stands against the territory as it is now.
     *
     * @throws NotFoundException if it is not known, or no more
     * @throws ForbiddenException without {@link #TERRITORY}
     */
    GeoImport get(Caller caller, long id);

    /**
     * Makes it the territory, all or nothing. The same file again changes nothing. A name that was changed here since the last
     * import stays, unless the file has another one than then.
     *
     * @throws ConflictException {@code core.geo-refused} if something in it was, {@code core.geo-applied} if it is the territory already
     * @throws NotFoundException if it is not known, or no more
     * @throws ForbiddenException without {@link #TERRITORY}
     */
    GeoImport apply(Caller caller, long id);

    /**
     * Writes a neighbourhood's name and descriptions anew.
     *
     * @throws NotFoundException if there is no such neighbourhood
     * @throws InvalidException naming each field that breaks a limit
     * @throws ForbiddenException without {@link #TERRITORY} there
     */
    Neighbourhood describe(Caller caller, String neighbourhood, PlaceTexts texts);
}
