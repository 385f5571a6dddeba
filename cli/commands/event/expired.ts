/** Whoever reads about a time from before the log's retention has to know that there was more. */
export const EXPIRED = 'Some events are missing here: they had expired before they were read.';
