/** How long what a phrase is made of may be, for the rules here and for the pages that count while one types. */

export const longestCode = 32;
export const longestTitle = 40;
export const longestGroup = 20;
/** Of the Liquid itself; what it comes to is held against the shop's own limit. */
export const longestSource = 2000;
