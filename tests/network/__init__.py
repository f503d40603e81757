"""The simulated public-radio web: npr.org, its feed and member stations, with known truth.

`server.SimulatedNetwork` serves it, `site` knows what stands where on which night and what a parser should read there,
`nights` tells what changes from night to night, `stories` holds what was said. All people in it are invented.
"""
