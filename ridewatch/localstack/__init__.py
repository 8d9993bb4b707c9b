"""The stack on a LocalStack that answers already: what `sam build` built, deployed by the SAM CLI.

endpoint     where LocalStack answers
site         one stack's place in it: the names of what is there
built        the built template, and whether it is as new as its sources
sam          `sam deploy`
deployed     everything that LocalStack is given: secret, bucket of the code, stack; and its outputs
parts        what runs beside it on this machine: MongoDB, the exporter
control      up and down
leaving      what is deleted when it goes down
"""
