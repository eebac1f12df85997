import { type UseQueryResult, useQuery } from "@tanstack/react-query";

import { type Answer, type Arguments, call, type Read } from "../api";

/** How often a view is read while a deed changes what it shows. */
const LIVE = 400;

/** Reads one view of the desk and keeps it fresh: every deed that ends makes it read anew. `live`: a deed that goes on changes it. */
export const useView = <Name extends Read>(name: Name, args: Arguments<Name>, live = false): UseQueryResult<Answer<Name>> =>
  useQuery({ queryKey: [name, args], queryFn: () => call(name, args), retry: false, refetchInterval: live && LIVE });
