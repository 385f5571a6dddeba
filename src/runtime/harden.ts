/**
 * Imported first by every handler: with the prototype frozen, a `__proto__` that slips through parsing can change
 * nothing that outlives its request.
 */
Object.freeze(Object.prototype);
