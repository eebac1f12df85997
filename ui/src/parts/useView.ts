import { type UseQueryResult, useQuery } from "@tanstack/react-query";

import { type Answer, type Arguments, call, type Read } from "../api";

/** Reads one view of the desk and keeps it fresh: every deed that ends makes it read anew. */
export const useView = <Name extends Read>(name: Name, args: Arguments<Name>): UseQueryResult<Answer<Name>> =>
  useQuery({ queryKey: [name, args], queryFn: () => call(name, args), retry: false });
