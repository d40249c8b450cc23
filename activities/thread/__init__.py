"""The thread from a request to the words of a draft: what it is made of, as a graph, a picture and a file; and its gaps."""
